"""The function failed by itself: before its handler ran, in it, or with an answer that Connect refuses."""

from patchbay.explain import evidence, faults, words
from patchbay.explain.case import Case, Cause, Kind
from patchbay.explain.model import Attempt, Fault

_REFUSED = "ResponseRefused"
_FAILED = "HandlerFailed"
"""Of the decorator (lambdas/common/handler.py), whose message is `TYPE at FILE:LINE in FUNCTION`."""


def start_up(case: Case) -> Cause | None:
    """The version never came up."""
    found = [a for a in case.attempts if a.fault and faults.is_start_up(a.fault) and not a.outcome]
    if not found:
        return _never_began(case)
    fault = found[-1].fault
    assert fault is not None
    sentence = (
        f"the function could not start: {_text(fault)} on {_met(found)}{words.by_time(case.joined.by_time)}"
    )
    return Cause(Kind.START_UP, sentence, evidence.of_attempts(case))


def _never_began(case: Case) -> Cause | None:
    """The decorator of a kit's function writes its first line before anything of the handler runs."""
    kit = case.facts is not None and case.facts.response_type is not None
    found = [a for a in case.attempts if a.failed and not a.timed_out and not a.fault and not a.decorated]
    if not kit or not found or case.attempts[-1] not in found:
        return None
    sentence = (
        f"the function could not start, most likely: it failed on {_met(found)} before the first line of its "
        f"handler, as when a module cannot be imported{words.by_time(case.joined.by_time)}"
    )
    return Cause(Kind.START_UP, sentence, evidence.of_attempts(case), False)


def refused(case: Case) -> Cause | None:
    """The decorator refused the answer, as Connect would have."""
    found = [a for a in case.attempts if a.outcome == "refused" or (a.fault and a.fault.type == _REFUSED)]
    if not found or not case.attempts[-1].failed:
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
    others = {a.fault.type for a in failed if a.fault} - {fault.type}
    mixed = f"; other requests failed otherwise: {words.listed(sorted(others))}" if others else ""
    sentence = (
        f"the handler raised {_text(fault)}, on {_met(failed)}{words.by_time(case.joined.by_time)}{mixed}"
    )
    return Cause(Kind.RAISED, sentence, evidence.of_attempts(case), not case.joined.by_time)


def _text(fault: Fault) -> str:
    if fault.type.rpartition(".")[2] == _FAILED and fault.message:
        return fault.message
    return f"{fault.type}: {fault.message}" if fault.message else fault.type


def _met(attempts: list[Attempt]) -> str:
    versions = list(dict.fromkeys(attempt.version or "unknown" for attempt in attempts))
    times = f" in {len(attempts)} attempts" if len(attempts) > 1 else ""
    return f"version{'s' if len(versions) > 1 else ''} {words.listed(versions)}{times}"
