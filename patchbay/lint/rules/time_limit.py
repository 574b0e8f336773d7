"""How long a block waits for its function."""

from collections.abc import Iterator

from patchbay.limits import ASYNCHRONOUS_TIME_LIMIT_SECONDS, BLOCK_TIME_LIMIT_SECONDS
from patchbay.lint.linted_flow import Invocation, LintedFlow
from patchbay.lint.model import Rule, Severity, Spot

_LEAST, _MOST = BLOCK_TIME_LIMIT_SECONDS


def _find(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        if wrong := _wrong(invocation):
            yield Spot(block, wrong)


def _wrong(invocation: Invocation) -> str:
    limit = invocation.time_limit
    if limit is None:
        return "has no InvocationTimeLimitSeconds"
    if "{{" in str(limit):  # the rule for placeholders speaks about it
        return ""
    most = ASYNCHRONOUS_TIME_LIMIT_SECONDS if invocation.is_asynchronous else _MOST
    seconds = int(str(limit)) if str(limit).isdecimal() else None
    if seconds is None or not _LEAST <= seconds <= most:
        return f"InvocationTimeLimitSeconds is {limit!r}, but it must be {_LEAST} to {most} whole seconds"
    return "" if invocation.is_asynchronous else _differs(invocation, seconds)


def _differs(invocation: Invocation, seconds: int) -> str:
    function = invocation.function
    if function is None or function.time_limit_seconds == seconds:
        return ""
    return (
        f"InvocationTimeLimitSeconds is {seconds}, but {function.name} has time_limit_seconds = "
        f"{function.time_limit_seconds}"
    )


def _find_long(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        text = str(invocation.time_limit)
        if (
            invocation.is_asynchronous
            and text.isdecimal()
            and _MOST < int(text) <= ASYNCHRONOUS_TIME_LIMIT_SECONDS
        ):
            yield Spot(block, f"is asynchronous with {text} s, which one of AWS's two pages does not allow")


RULES = (
    Rule(
        "time-limit",
        Severity.ERROR,
        f"InvocationTimeLimitSeconds is {_LEAST} to {_MOST} (asynchronous: to "
        f"{ASYNCHRONOUS_TIME_LIMIT_SECONDS}), and the function's own time_limit_seconds.",
        "A block that gives up before its function leaves it running: the flow takes the Error branch, and "
        "the effect still happens.",
        'write "{{time_limit:NAME}}", which is the function\'s own limit',
        _find,
    ),
    Rule(
        "asynchronous-time-limit",
        Severity.WARNING,
        f"An asynchronous block waits no longer than {_MOST} s.",
        f"The administrator guide allows {ASYNCHRONOUS_TIME_LIMIT_SECONDS} s, the developer guide {_MOST}: "
        "Connect may refuse the flow.",
        "try the flow on an instance, or start the work with a function that answers at once",
        _find_long,
    ),
)
