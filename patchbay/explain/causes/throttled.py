"""429: no concurrency was left; and the instance's own limit of functions at once."""

from collections.abc import Iterator

from patchbay.explain import evidence
from patchbay.explain.case import Case, Cause, Kind
from patchbay.explain.model import Concurrency
from patchbay.limits import REQUESTS_A_SECOND_PER_EXECUTION, SCALING_EXECUTIONS, SCALING_SECONDS
from patchbay.live.model import Read


def cause(case: Case) -> Cause | None:
    """None where the block named no function's ARN."""
    if case.target is None or case.facts is None:
        return None
    seen, found = evidence.of_block(case), case.facts.concurrency
    head = f"throttled: Lambda had no concurrency left for {case.target.label}"
    if found is None:
        return Cause(Kind.THROTTLED, head, seen)
    sentence = f"{head}: {_why(found)}"
    return Cause(Kind.THROTTLED, sentence, (*seen, *_evidence(found)), found.reserved == Read(0))


def instance(case: Case) -> Cause:
    """Connect did not ask Lambda at all."""
    sentence = (
        f"the instance {case.entry.instance} ran as many functions at once as its quota allows, so Connect "
        f"did not ask Lambda: {case.entry.results}"
    )
    return Cause(Kind.INSTANCE_LIMIT, sentence, evidence.of_block(case))


def _why(found: Concurrency) -> str:
    if not isinstance(found.reserved, Read):
        return f"could not tell whose limit it was: {found.reserved.why}"
    reserved = found.reserved.value
    if reserved == 0:
        return "its reserved concurrency is 0 now, which lets nobody invoke it"
    if reserved is not None:
        return (
            f"its reserved concurrency is {reserved} now, so either as many requests ran at that moment, or "
            f"{REQUESTS_A_SECOND_PER_EXECUTION * reserved:,} came within a second"
        )
    limit = found.account_limit.value if isinstance(found.account_limit, Read) else None
    size = f" ({limit})" if limit is not None else ""
    return (
        "it has no reserved concurrency now, so most likely all functions of the account used up the Region's"
        f"{size}; it may also be that it needed more at once faster than Lambda adds "
        f"({SCALING_EXECUTIONS:,} in {SCALING_SECONDS} s)"
    )


def _evidence(found: Concurrency) -> Iterator[str]:
    for name, read in (
        ("reserved concurrency now", found.reserved),
        ("concurrent executions of the account", found.account_limit),
        ("metric Throttles, 5 minutes before to 5 after", found.throttles),
    ):
        yield f"{name}: {_value(read.value) if isinstance(read, Read) else f'not read: {read.why}'}"


def _value(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
