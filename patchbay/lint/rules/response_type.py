"""What a block expects its function to answer."""

from collections.abc import Iterator

from common.response import ResponseType
from patchbay.lint.linted_flow import Invocation, LintedFlow
from patchbay.lint.model import Rule, Severity, Spot


def _find(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        if wrong := _wrong(invocation):
            yield Spot(block, wrong)


def _wrong(invocation: Invocation) -> str:
    written, function = invocation.response_type, invocation.function
    if written is None or "{{" in str(written):  # for the rules about missing values and placeholders
        return ""
    if written not in [str(known) for known in ResponseType]:
        return f"ResponseType is {written!r}, but Connect knows {' and '.join(ResponseType)}"
    if function is not None and written != function.response:
        return f"ResponseType is {written}, but {function.name} has response = {function.response}"
    return ""


def _find_missing(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        if invocation.response_type is None:
            yield Spot(block, "has no ResponseValidation with a ResponseType")


_FIX = 'write "ResponseValidation": {"ResponseType": "{{response:NAME}}"}, which is the function\'s own type'

RULES = (
    Rule(
        "response-type",
        Severity.ERROR,
        "ResponseType is STRING_MAP or JSON, as the function's own `response`.",
        "Connect takes the Error branch on a nested answer where the block says STRING_MAP.",
        _FIX,
        _find,
    ),
    Rule(
        "response-type-missing",
        Severity.WARNING,
        "Every Invoke block says what type of answer it expects.",
        "Without it Connect takes flat answers only, and a reader of the flow cannot tell.",
        _FIX,
        _find_missing,
    ),
)
