"""Effects that would happen a second time because the first answer was lost."""

from collections.abc import Iterator

from patchbay.lint.action_types import QUESTIONS
from patchbay.lint.graph import NEXT, Edge
from patchbay.lint.linted_flow import Invocation, LintedFlow
from patchbay.lint.model import Rule, Severity, Spot


def _has_effect(invocation: Invocation) -> bool:
    """Whether a call surely changes something: an operation that the call itself chooses may be harmless."""
    function, operation = invocation.function, invocation.operation or ""
    if function is None or not function.effects or operation.startswith("$."):
        return False
    return operation not in function.harmless_operations


def _is_same(one: Invocation, other: Invocation) -> bool:
    same = (
        one.function is not None and other.function is not None and one.function.name == other.function.name
    )
    return same and one.operation == other.operation


def _asked_for(invocation: Invocation) -> str:
    name = invocation.function.name if invocation.function else ""
    return f"{name} with operation {invocation.operation}" if invocation.operation else name


def _find(flow: LintedFlow) -> Iterator[Spot]:
    changing = {name: found for name, found in flow.invocations.items() if _has_effect(found)}
    for block, invocation in changing.items():
        if invocation.target and invocation.target.fallback:
            yield Spot(block, f"invokes {_asked_for(invocation)} in the fallback Region")
            continue
        before = sorted(
            name
            for name, other in changing.items()
            if _is_same(invocation, other) and block in _behind_the_error(flow, other)
        )
        if before:
            where = ", ".join(map(repr, before))
            yield Spot(block, f"invokes {_asked_for(invocation)} again on the Error branch of {where}")


def _behind_the_error(flow: LintedFlow, failed: Invocation) -> frozenset[str]:
    """What runs after the failure without the caller's choice and without an answer about its state."""
    edges = [edge for edge in flow.graph.edges.get(failed.identifier, ()) if edge.is_error]
    return flow.graph.reached(edges, lambda edge: not _settles(flow, edge, failed))


def _settles(flow: LintedFlow, edge: Edge, failed: Invocation) -> bool:
    if edge.source.type in QUESTIONS:
        return True
    other = flow.invocations.get(edge.source.identifier)
    if other is None or edge.branch != NEXT:
        return False
    same = other.function is not None and other.function == failed.function
    return same and not _has_effect(other)


RULES = (
    Rule(
        "effects-twice",
        Severity.ERROR,
        "A function with effects is not invoked again because its answer did not come.",
        "The first call may have done its work and lost only the answer, which the other Region cannot know.",
        "ask for the state of the request with a harmless operation, or go to a person",
        _find,
    ),
)
