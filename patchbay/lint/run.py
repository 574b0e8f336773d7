"""Running the rules over a flow."""

from collections.abc import Iterable

from patchbay.lint import linted_flow
from patchbay.lint.known_functions import KnownFunctions
from patchbay.lint.model import Finding
from patchbay.lint.rules import RULES


def lint(text: str, source: str, functions: KnownFunctions) -> tuple[Finding, ...]:
    """What the rules find, in the order of the flow's blocks, errors first within one.

    Raises UserError where `text` is no flow.
    """
    flow = linted_flow.read(text, source, functions)
    found = [Finding(source, rule, spot) for rule in RULES for spot in rule.find(flow)]
    order = {block: place for place, block in enumerate(flow.actions)}
    return tuple(
        sorted(found, key=lambda finding: (order.get(finding.spot.block or "", -1), not finding.is_error))
    )


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a synth."""
    return tuple(finding for finding in findings if finding.is_error)


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The others."""
    return tuple(finding for finding in findings if not finding.is_error)
