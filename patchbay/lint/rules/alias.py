"""Blocks name the alias that releases move."""

import re
from collections.abc import Iterator

from patchbay.lint.linted_flow import Invocation, LintedFlow
from patchbay.lint.model import Rule, Severity, Spot
from patchbay.naming import LIVE

_FUNCTION = re.compile(r"arn:aws[a-z-]*:lambda:[^:]*:[^:]*:function:(?P<name>[^:]+)(?::(?P<qualifier>.*))?")


def _find(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        match = _FUNCTION.fullmatch(str(invocation.arn))
        if match and (wrong := _wrong(match["qualifier"], invocation)):
            yield Spot(block, f"the ARN of {match['name']} {wrong}")


def _wrong(qualifier: str | None, invocation: Invocation) -> str:
    if not qualifier:
        return "names no alias, so a deploy moves every caller at once to code that nothing can take back"
    if qualifier == "$LATEST":
        return "names $LATEST, which changes while a deploy is still at work"
    if qualifier.isdecimal():
        return f"names version {qualifier}, which no deploy and no release moves"
    if invocation.function is not None and qualifier != LIVE:
        return f"names the alias {qualifier}, but releases move the alias {LIVE}"
    return ""


def _find_open(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        arn = invocation.arn
        if isinstance(arn, str) and arn and not arn.startswith(("$.", "arn:")) and "{{" not in arn:
            yield Spot(block, f"LambdaFunctionARN is {arn!r}, which is neither an ARN nor a reference")


RULES = (
    Rule(
        "function-alias",
        Severity.ERROR,
        "Blocks name a function by its alias.",
        "Only an alias can be released to a few callers first, and taken back; permissions are on it alone.",
        'write "{{function:NAME}}", which is the ARN of the alias `live`',
        _find,
    ),
    Rule(
        "function-arn",
        Severity.WARNING,
        "LambdaFunctionARN is an ARN, a reference or a placeholder.",
        "Connect refuses the flow unless another tool replaces the text first.",
        'write "{{function:NAME}}"',
        _find_open,
    ),
)
