"""Nothing explains it: what was looked at, and what may be the reason that it shows nothing."""

from patchbay.explain import evidence, words
from patchbay.explain.case import Case, Cause, Kind
from patchbay.explain.windows import LAG_SECONDS
from patchbay.live.model import Unread


def nothing(case: Case) -> Cause | None:
    """The function's log has no request for this block."""
    if case.attempts:
        return None
    head = 'could not tell: Connect says "The Lambda Function Returned An Error."'
    nameless = case.joined.nameless
    if nameless:
        failed = [attempt for attempt in nameless if attempt.failed]
        sentence = (
            f"{head}, and of the {len(nameless)} requests of that time none names its contact "
            f"({len(failed)} of them failed)"
        )
        told = tuple(
            f"{words.time_of(a.started)} request {a.request}: {words.ran(a)}, {words.ended(a)}"
            for a in (failed or nameless)[:4]
        )
        return Cause(Kind.UNKNOWN, sentence, (*evidence.of_block(case), *told), False)
    return Cause(Kind.UNKNOWN, f"{head}, and {_why(case)}", _evidence(case), False)


def other(case: Case) -> Cause:
    """Another text of Connect's than those that are known."""
    sentence = f'could not tell more than what Connect says: "{case.entry.results}"'
    if case.target is None:
        named = case.entry.parameters.get("FunctionArn", "")
        sentence += f"; the block names {named!r}, which is no function's ARN"
    return Cause(Kind.UNKNOWN, sentence, evidence.of_block(case), False)


def _why(case: Case) -> str:
    if case.target is None or case.facts is None:
        return "the block names no function's ARN"
    configuration = case.facts.configuration
    if isinstance(configuration, Unread):
        return f"the function could not be read: {configuration.why}"
    if configuration.value is None:
        return f"there is no function {case.target.name} in {case.target.region} now"
    if isinstance(case.log, Unread):
        return f"its log could not be read: {case.log.why}"
    if case.log.value is None:
        return f"its log group {case.facts.log_group} is not there"
    if case.age_seconds < LAG_SECONDS:
        return f"its log has no request yet, {case.age_seconds:.0f} s later: ask again in a minute"
    return "its log has no request of that time"


def _evidence(case: Case) -> tuple[str, ...]:
    group = case.facts.log_group if case.facts else None
    read = case.log.value if not isinstance(case.log, Unread) else None
    looked = f"{group}: {read} lines around {words.time_of(case.entry.written)}" if read is not None else ""
    return (*evidence.of_block(case), *filter(None, (looked, case.log_note)))
