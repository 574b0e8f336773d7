"""Every Invoke block has an Error branch."""

from collections.abc import Iterator

from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot

_ERROR = "NoMatchingError"


def _find(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        target = invocation.action.errors.get(_ERROR)
        if target is None:
            yield Spot(block, f"has no Error branch ({_ERROR})")
        elif target == block:
            yield Spot(
                block, "its Error branch leads back to itself, so a failing function is invoked for ever"
            )


RULES = (
    Rule(
        "error-branch",
        Severity.ERROR,
        "Every Invoke block has an Error branch that leads to another block.",
        "A function fails some day: without the branch Connect refuses the flow or drops the caller.",
        "lead NoMatchingError to the same function in the fallback Region, an apology or a queue",
        _find,
    ),
)
