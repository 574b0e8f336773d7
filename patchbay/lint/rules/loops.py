"""Circles that nobody and nothing ends."""

from collections.abc import Iterator

from patchbay.lint.action_types import QUESTIONS, WAITING, is_prompt
from patchbay.lint.graph import CONDITION, Edge, Part
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot, shown

_QUEUES = ("customerQueue", "customerHold", "agentHold")
"""Run until an agent takes the contact: prompts go round in them as they should."""
_MUSIC = "MessageParticipantIteratively"
"""Only these flows may hold it; many files do not say what they are."""
_KEYED = ("$.StoredCustomerInput", "$.Lex.")
_SHOWN = 4


def _of_type(flow: LintedFlow, *types: str) -> set[str]:
    return {action.identifier for action in flow.of_type(*types)}


def _find_endless(flow: LintedFlow) -> Iterator[Spot]:
    ended = _of_type(flow, "Loop", *QUESTIONS, *WAITING)
    for part in flow.graph.parts(lambda _: True, without=ended):
        if part.is_circle and ((_speaks(flow, part) and not _is_queue(flow)) or _is_silent(flow, part)):
            yield Spot(_first(flow, part), f"goes round for ever: {_ways(flow, part)}")


def _speaks(flow: LintedFlow, part: Part) -> bool:
    return any(is_prompt(flow.actions[name]) for name in part.blocks)


def _is_silent(flow: LintedFlow, part: Part) -> bool:
    """Without a prompt; one with functions that take time breaks the rule for chains already."""
    waits = any(flow.invocations[name].seconds for name in part.blocks if name in flow.invocations)
    return not _speaks(flow, part) and not waits


def _is_queue(flow: LintedFlow) -> bool:
    return flow.kind in _QUEUES or (flow.kind is None and any(flow.of_type(_MUSIC)))


def _find_unbounded(flow: LintedFlow) -> Iterator[Spot]:
    questions = set() if _is_queue(flow) else _of_type(flow, *QUESTIONS)
    for part in flow.graph.parts(_without_an_answer, without=_of_type(flow, "Loop", *WAITING)):
        asked = [name for name in flow.actions if name in questions and name in part.blocks]
        if part.is_circle and asked:
            yield Spot(asked[0], f"asks again and again: {_ways(flow, part)}")


def _without_an_answer(edge: Edge) -> bool:
    """Whether a caller who keys nothing of use may be led along this way."""
    chosen = edge.source.type in QUESTIONS or (
        edge.source.type == "Compare"
        and str(edge.source.parameters.get("ComparisonValue")).startswith(_KEYED)
    )
    return not (chosen and edge.branch == CONDITION)


def _first(flow: LintedFlow, part: Part) -> str:
    return next(name for name in flow.actions if name in part.blocks)


def _ways(flow: LintedFlow, part: Part) -> str:
    names = [repr(name) for name in flow.actions if name in part.blocks]
    return f"{shown(names, _SHOWN)} lead back to each other" if len(names) > 1 else "leads to itself"


RULES = (
    Rule(
        "endless-loop",
        Severity.ERROR,
        "A circle of blocks passes a Loop block, a Wait, or a question to the caller.",
        "The contact goes round until the caller hangs up; functions in it are invoked without end.",
        "put a Loop block into the circle",
        _find_endless,
    ),
    Rule(
        "unbounded-question",
        Severity.WARNING,
        "A question is put again only so many times.",
        "A caller who cannot answer, or a line that was left open, is asked until it drops.",
        "count with a Loop block, and go to a person or hang up when it is done",
        _find_unbounded,
    ),
)
