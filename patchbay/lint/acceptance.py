"""Findings that somebody has judged and lives with: named in the environment file, each with a reason."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from patchbay.config import Environment, Instance
from patchbay.errors import UserError
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Finding, Rule, Severity, Spot
from patchbay.lint.section import AcceptedFinding


def _found_below(_: LintedFlow) -> Iterator[Spot]:
    """The flow alone does not tell what is accepted: `applied` does."""
    return iter(())


GONE = Rule(
    "accepted-finding",
    Severity.WARNING,
    "Every accepted finding is still found.",
    "An entry that outlives its finding would accept the next one, which nobody has judged.",
    "take the entry out of accepted_findings in the environment file",
    _found_below,
)


def applied(findings: Sequence[Finding], source: str, accepted: Sequence[AcceptedFinding]) -> list[Finding]:
    """The findings, the accepted ones with their reason, and one for each entry that meets none."""
    judged = [replace(finding, accepted=_reason(finding, accepted)) for finding in findings]
    gone = (one for one in accepted if not any(_covers(one, finding) for finding in findings))
    return [*judged, *(Finding(source, GONE, Spot(one.block, _no_longer(one))) for one in gone)]


def check(environment: Environment, known: Sequence[str], source: str) -> None:
    """The rules exist, and the instance lists the flows. Raises UserError; `known` are the rules' ids."""
    for instance in environment.instances:
        for one in instance.accepted_findings:
            if wrong := _unknown(one, instance, known):
                raise UserError(f"{source}: accepted_findings of instance {instance.name} {wrong}")


def _covers(one: AcceptedFinding, finding: Finding) -> bool:
    return one.rule == finding.rule.id and one.block in (None, finding.spot.block)


def _reason(finding: Finding, accepted: Sequence[AcceptedFinding]) -> str | None:
    return next((one.reason for one in accepted if _covers(one, finding)), None)


def _no_longer(one: AcceptedFinding) -> str:
    return f"{one.rule} is accepted ({one.reason}), but is not found any more"


def _unknown(one: AcceptedFinding, instance: Instance, known: Sequence[str]) -> str:
    if one.flow not in instance.flows:
        return f"names the flow {one.flow!r}: the instance lists {', '.join(instance.flows) or 'none'}"
    if one.rule not in known:
        close = difflib.get_close_matches(one.rule, known, n=1)
        meant = f"did you mean {close[0]}? " if close else ""
        return f"names the rule {one.rule!r}: {meant}`patchbay lint-flow --rules` lists them"
    return ""
