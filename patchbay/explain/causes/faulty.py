"""The function failed by itself: before its handler ran, in it, or with an answer that Connect refuses."""

from patchbay.explain import evidence, faults, words
from patchbay.explain.case import Case, Cause, Kind
from patchbay.explain.causes.late import MARGIN_MS
from patchbay.explain.model import Attempt, Fault

_REFUSED = "ResponseRefused"
_FAILED = "HandlerFailed"
"""Of the decorator (lambdas/common/handler.py), whose message is `TYPE at FILE:LINE in FUNCTION`."""


def start_up(case: Case) -> Cause | None:
    """The version never came up, up to the last request."""
    if not case.attempts or not case.attempts[-1].failed:
        return None
    found = [a for a in case.attempts if a.failed and a.fault and _is_start_up(case, a, a.fault)]
    if case.attempts[-1] not in found:
        return _never_began(case)
    fault = found[-1].fault
    assert fault is not None
    sentence = (
        f"the function could not start: {_text(fault)} on {_met(found)}{words.by_time(case.joined.by_time)}"
    )
    return Cause(Kind.START_UP, sentence, evidence.of_attempts(case), not case.joined.by_time)


def _is_start_up(case: Case, attempt: Attempt, fault: Fault) -> bool:
    """A failed import is one of the start where the decorator would have told of the handler."""
    if attempt.decorated:
        return False
    loading = faults.may_be_start_up(fault) and _is_kits(case)
    return loading or faults.is_start_up(fault) or faults.before_handler(_messages(attempt))


def _never_began(case: Case) -> Cause | None:
    """The decorator of a kit's function writes its first line before anything of the handler runs."""
    found = [a for a in case.attempts if a.failed and not a.timed_out and not a.fault and not a.decorated]
    if not _is_kits(case) or case.attempts[-1] not in found:
        return None
    sentence = (
        f"the function could not start, most likely: it failed on {_met(found)} before the first line of its "
        f"handler, as when a module cannot be imported{words.by_time(case.joined.by_time)}"
    )
    return Cause(Kind.START_UP, sentence, evidence.of_attempts(case), False)


def _is_kits(case: Case) -> bool:
    return case.facts is not None and case.facts.response_type is not None


def _messages(attempt: Attempt) -> list[str]:
    return [line.message for line in attempt.lines]


def refused(case: Case) -> Cause | None:
    """The decorator refused the answer, as Connect would have."""
    found = [a for a in case.attempts if a.outcome == "refused" or (a.fault and a.fault.type == _REFUSED)]
    if not found or case.attempts[-1] not in found:
        return None
    reasons = [a.fault.message for a in found if a.fault and a.fault.type == _REFUSED and a.fault.message]
    why = reasons[-1] if reasons else "its log does not say why"
    sentence = f"response refused: {why}, on {_met(found)}{words.by_time(case.joined.by_time)}"
    return Cause(Kind.RESPONSE_REFUSED, sentence, evidence.of_attempts(case), not case.joined.by_time)


def raised(case: Case) -> Cause | None:
    """The handler raised, or its process ended."""
    failed = [attempt for attempt in case.attempts if attempt.failed]
    if not failed or not case.attempts[-1].failed:
        return None
    fault = failed[-1].fault
    if fault is None:
        sentence = f"the function failed on {_met(failed)}, and its log does not say why"
        return Cause(Kind.CRASHED, sentence, evidence.of_attempts(case), False)
    if fault.type in ("Runtime.ExitError", "Runtime.OutOfMemory"):
        sentence = f"the function's process ended ({_text(fault)}) on {_met(failed)}"
        sentence += words.by_time(case.joined.by_time)
        return Cause(Kind.CRASHED, sentence, evidence.of_attempts(case), not case.joined.by_time)
    same = [attempt for attempt in failed if attempt.fault and attempt.fault.type == fault.type]
    sentence = f"the handler raised {_text(fault)}, on {_met(same)}{words.by_time(case.joined.by_time)}"
    sentence += _otherwise([attempt for attempt in failed if attempt not in same]) + _in_time(case)
    return Cause(Kind.RAISED, sentence, evidence.of_attempts(case), not case.joined.by_time)


def _otherwise(others: list[Attempt]) -> str:
    told = dict.fromkeys(f"version {a.version or 'unknown'} {words.ended(a)}" for a in others)
    return f"; other requests failed otherwise: {words.listed(list(told))}" if told else ""


def _in_time(case: Case) -> str:
    """Connect does not say which of the two it was, and a caller does not hear the difference."""
    if case.took_ms < case.limit_ms - MARGIN_MS:
        return ""
    took, limit = words.seconds(case.took_ms), words.seconds(case.limit_ms)
    return f"; the requests took {took}, so the block's {limit} were about up as well"


def _text(fault: Fault) -> str:
    if fault.type.rpartition(".")[2] == _FAILED and fault.message:
        return fault.message
    return f"{fault.type}: {fault.message}" if fault.message else fault.type


def _met(attempts: list[Attempt]) -> str:
    versions = list(dict.fromkeys(attempt.version or "unknown" for attempt in attempts))
    times = f" in {len(attempts)} attempts" if len(attempts) > 1 else ""
    return f"version{'s' if len(versions) > 1 else ''} {words.listed(versions)}{times}"
