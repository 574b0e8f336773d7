"""Time ran out: of the block, of the function's own Timeout, or of the chain of functions.

Connect's sentence is the same as for a handler that raised. All attempts of a block share its limit
(administrator guide, "Invoke AWS Lambda functions"), and what Lambda reports leaves out the way to it.
"""

from patchbay.explain import evidence, words
from patchbay.explain.case import Case, Cause, Kind
from patchbay.explain.model import Attempt
from patchbay.explain.windows import LAG_SECONDS
from patchbay.limits import CHAIN_SECONDS

MARGIN_MS = 100
"""The way there and back, which no Duration holds: so close below the limit is over it."""


def chain(case: Case) -> Cause | None:
    """Functions for 20 s with no prompt between them."""
    if case.chain_ms <= 0 or case.left_of_chain_ms >= case.limit_ms or _failed_by_itself(case):
        return None
    if case.took_ms < case.left_of_chain_ms - MARGIN_MS and case.left_of_chain_ms > MARGIN_MS:
        return None
    sentence = (
        f"time limit of the chain: functions took {words.seconds(case.chain_ms)} before this block with no "
        f"prompt between them{f', and {words.seconds(case.took_ms)} in it' if case.took_ms else ''}; Connect "
        f"allows {CHAIN_SECONDS} s"
    )
    return Cause(Kind.CHAIN_LIMIT, sentence, evidence.of_attempts(case), not case.joined.by_time)


def block(case: Case) -> Cause | None:
    """The attempts together took as long as the block may wait, and no failure came before that."""
    if not case.attempts:
        return None
    last = case.attempts[-1]
    if last.duration_ms is None:
        return _without_end(case, last)
    if _failed_by_itself(case) or case.took_ms < case.limit_ms - MARGIN_MS:
        return None
    sentence = f"time limit: {_account(case)}, but the block waits {words.seconds(case.limit_ms)} in all"
    if not last.failed:
        sentence += "; the function's answer came too late"
    elif not last.timed_out:
        sentence += "; that it failed in the end came too late as well"
    sentence += words.by_time(case.joined.by_time)
    return Cause(Kind.TIME_LIMIT, sentence, evidence.of_attempts(case), not case.joined.by_time)


def _failed_by_itself(case: Case) -> bool:
    """Whether requests failed before the time was up. One alone that failed later did so unheard."""
    if not case.attempts or not case.attempts[-1].failed or case.attempts[-1].timed_out:
        return False
    return len(case.attempts) > 1 or case.took_ms < case.limit_ms + MARGIN_MS


def function(case: Case) -> Cause | None:
    """Lambda ended it before the block's limit was up, the last one too."""
    killed = [attempt for attempt in case.attempts if attempt.timed_out]
    if not killed or not case.attempts[-1].timed_out:
        return None
    last_ms = case.attempts[-1].duration_ms
    limit, by_time = words.seconds(case.limit_ms), words.by_time(case.joined.by_time)
    known = "" if last_ms is None else f" after {words.seconds(last_ms)}, before the block's {limit} were up"
    sentence = (
        f"the function's own Timeout ended {_requests(len(killed))} on {_versions(killed)}{known}{by_time}"
    )
    is_certain = last_ms is not None and not case.joined.by_time
    return Cause(Kind.FUNCTION_TIMEOUT, sentence, evidence.of_attempts(case), is_certain)


def _without_end(case: Case, last: Attempt) -> Cause | None:
    """Lines may be late, or be more than were read: then nothing is said of an end that is not there."""
    if last.fault is not None or last.failed:
        return None
    waited_ms = (min(case.entry.written, case.entry.at) - case.attempts[0].started) * 1000
    if waited_ms >= case.limit_ms - MARGIN_MS and last.outcome is None and _is_all_read(case):
        sentence = (
            f"time limit: the request on {_versions([last])} had not ended when the block's "
            f"{words.seconds(case.limit_ms)} were up, {words.seconds(waited_ms)} after "
            f"{'it' if len(case.attempts) == 1 else 'the first request'} began"
            f"{words.by_time(case.joined.by_time)}"
        )
        return Cause(Kind.TIME_LIMIT, sentence, evidence.of_attempts(case), not case.joined.by_time)
    sentence = (
        f"could not tell: the request on {_versions([last])} has no end in the function's log yet, as when "
        "it still runs, was killed, or its last lines are late"
    )
    if last.outcome is not None:
        sentence = (
            f"could not tell: the handler of the request on {_versions([last])} came to its end "
            f"({last.outcome}), but the function's log has no REPORT of it, so what it took is not known"
        )
    return Cause(Kind.UNKNOWN, sentence, evidence.of_attempts(case), False)


def _is_all_read(case: Case) -> bool:
    """Only where nothing was left out is there a note beside lines that were read."""
    return case.age_seconds >= LAG_SECONDS and not case.log_note


def _account(case: Case) -> str:
    parts = [words.ran(attempt) for attempt in case.attempts]
    took = words.exactly(case.took_ms)
    if len(parts) == 1:
        return f"the request took {took} ({parts[0]})"
    ends = [f"{part}: {words.ended(a)}" for part, a in zip(parts, case.attempts, strict=True)]
    return f"{len(parts)} requests took {took} together ({'; '.join(ends)})"


def _requests(number: int) -> str:
    return "the request" if number == 1 else f"{number} requests"


def _versions(attempts: list[Attempt]) -> str:
    found = list(dict.fromkeys(attempt.version or "unknown" for attempt in attempts))
    return f"version{'s' if len(found) > 1 else ''} {words.listed(found)}"
