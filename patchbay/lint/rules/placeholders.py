"""Placeholders that nothing fills."""

from collections.abc import Iterator

from patchbay import flow_templates
from patchbay.flow_templates import Placeholder
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot


def _find(flow: LintedFlow) -> Iterator[Spot]:
    in_blocks = {placeholder.text for placeholder in flow.placeholders if placeholder.block is not None}
    for placeholder in dict.fromkeys(flow.placeholders):
        if placeholder.block is None and placeholder.text in in_blocks:  # the designer's note on the block
            continue
        if wrong := flow_templates.complaint(placeholder) or _unknown(placeholder, flow):
            yield Spot(placeholder.block, f"{placeholder.text} {wrong}")


def _unknown(placeholder: Placeholder, flow: LintedFlow) -> str:
    if placeholder.kind == "resource" or flow.functions.named(placeholder.arguments[0]) is not None:
        return ""
    return f"names no function: there is no folder lambdas/{placeholder.arguments[0]}"


RULES = (
    Rule(
        "placeholder",
        Severity.ERROR,
        "Every placeholder is one that an environment fills.",
        "What stays open stops the deploy, or reaches the caller as text.",
        f"write one of {flow_templates.FORMS}, with a name that is there",
        _find,
    ),
)
