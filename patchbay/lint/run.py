"""Running the rules over a flow."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from patchbay.config import Environment, Instance
from patchbay.lint import acceptance, linted_flow
from patchbay.lint.known_functions import KnownFunctions, OfInstance
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Finding
from patchbay.lint.rules import RULES
from patchbay.lint.section import AcceptedFinding


def lint(
    text: str, source: str, functions: KnownFunctions, accepted: Sequence[AcceptedFinding] = ()
) -> tuple[Finding, ...]:
    """What the rules find, in the order of the flow's blocks, errors first within one.

    Raises UserError where `text` is no flow.
    """
    flow = linted_flow.read(text, source, functions)
    found = [Finding(source, rule, spot) for rule in RULES for spot in rule.find(flow)]
    judged = acceptance.applied(found, source, accepted)
    order = {block: place for place, block in enumerate(flow.actions)}
    return tuple(
        sorted(
            (replace(finding, block_type=_type(flow, finding.spot.block)) for finding in judged),
            key=lambda finding: (order.get(finding.spot.block or "", -1), not finding.is_error),
        )
    )


def _type(flow: LintedFlow, block: str | None) -> str | None:
    action = flow.actions.get(block or "")
    return action.type if action else None


def lint_for(
    instance: Instance, environment: Environment, flow: str, text: str, source: str
) -> tuple[Finding, ...]:
    """What they find in a flow that is filled for an instance, with what is accepted there."""
    accepted = [one for one in instance.accepted_findings if one.flow == flow]
    return lint(text, source, OfInstance(environment, instance), accepted)


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a synth."""
    return tuple(finding for finding in findings if finding.is_error)


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that are only shown."""
    return tuple(finding for finding in findings if finding.is_warning)


def accepted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that somebody has judged."""
    return tuple(finding for finding in findings if finding.accepted is not None)
