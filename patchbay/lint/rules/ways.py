"""Blocks that nothing leads to, and blocks that lead nowhere."""

from collections.abc import Iterator

from patchbay.lint.action_types import ENDS, NO_CONDITIONS, TYPES
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot
from patchbay.simulator.flow import Action


def _find_unreachable(flow: LintedFlow) -> Iterator[Spot]:
    for block in flow.actions:
        if block not in flow.graph.blocks:
            yield Spot(block, "no way leads here from the start")


def _find_dead_ends(flow: LintedFlow) -> Iterator[Spot]:
    for action in flow.actions.values():
        if action.type in TYPES and action.type not in ENDS and (wrong := _dead_end(action)):
            yield Spot(action.identifier, wrong)


def _dead_end(action: Action) -> str:
    if not any(action.targets):
        return f"is no end of a flow ({action.type}), but leads nowhere"
    if action.next is None and action.type in NO_CONDITIONS:
        return "leads nowhere when it succeeds: it has no NextAction"
    return ""


RULES = (
    Rule(
        "dead-end",
        Severity.ERROR,
        "Every block leads on, unless its type ends the flow.",
        "Connect refuses the flow, or the caller is dropped there.",
        "give it a NextAction, or end with DisconnectParticipant or a transfer",
        _find_dead_ends,
    ),
    Rule(
        "unreachable",
        Severity.WARNING,
        "A way leads from the start to every block.",
        "Nobody ever gets there: usually a transition was forgotten.",
        "lead a block to it, or delete it",
        _find_unreachable,
    ),
)
