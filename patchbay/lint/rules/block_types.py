"""Types of blocks that Connect does not have."""

import difflib
from collections.abc import Iterator

from patchbay.lint.action_types import TYPES
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot


def _close(kind: str) -> str | None:
    return next(iter(difflib.get_close_matches(kind, sorted(TYPES), n=1, cutoff=0.85)), None)


def _find_misspelt(flow: LintedFlow) -> Iterator[Spot]:
    for action in flow.actions.values():
        if action.type not in TYPES and (meant := _close(action.type)):
            yield Spot(action.identifier, f"has the Type {action.type}: did you mean {meant}")


def _find_unknown(flow: LintedFlow) -> Iterator[Spot]:
    for action in flow.actions.values():
        if action.type not in TYPES and not _close(action.type):
            yield Spot(action.identifier, f"has the Type {action.type}, which AWS's pages do not list")


RULES = (
    Rule(
        "block-type",
        Severity.ERROR,
        "Every block's Type is spelt as Connect spells it.",
        "Connect refuses the flow when it is deployed.",
        "write the Type as the developer guide does",
        _find_misspelt,
    ),
    Rule(
        "block-type-unknown",
        Severity.WARNING,
        "Every block has a Type of the developer guide.",
        "Connect refuses types that it does not know; AWS adds some from time to time.",
        "check the Type, or try the flow on an instance",
        _find_unknown,
    ),
)
