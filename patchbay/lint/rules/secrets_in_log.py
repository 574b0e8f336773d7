"""Codes and PINs that would be written to the flow log."""

from collections.abc import Iterator
from dataclasses import dataclass

from patchbay.lint.graph import NEXT, Edge
from patchbay.lint.linted_flow import Invocation, LintedFlow
from patchbay.lint.model import Rule, Severity, Spot
from patchbay.simulator import references
from patchbay.simulator.flow import Action

_STORED = "$.StoredCustomerInput"


@dataclass(frozen=True)
class State:
    """What holds on entering a block."""

    logged: bool = False
    """The flow log has been switched on in this flow."""
    asked: str | None = None
    """The block whose question filled the stored input."""


def _find(flow: LintedFlow) -> Iterator[Spot]:
    states = flow.graph.facts(State(), lambda edge, state: [_along(edge, state)])
    asking: dict[str, str] = {}
    for block, found in states.items():
        invocation = flow.invocations.get(block)
        if invocation is None or not _passes_a_secret(invocation):
            continue
        asking |= {state.asked: block for state in found if state.asked is not None}
        if any(state.logged for state in found):
            yield Spot(block, f"passes {_STORED} to {_name(invocation)} while the flow log is on")
    for question, block in asking.items():
        if any(state.logged for state in states[question]):
            yield Spot(question, f"asks for what {block!r} passes on as a secret while the flow log is on")


def _along(edge: Edge, state: State) -> State:
    action = edge.source
    if action.type == "UpdateFlowLoggingBehavior":
        return State(action.parameters.get("FlowLoggingBehavior") == "Enabled", state.asked)
    if edge.branch == NEXT and _stores(action):
        return State(state.logged, action.identifier)
    return state


def _stores(action: Action) -> bool:
    return action.type == "GetParticipantInput" and action.parameters.get("StoreInput") == "True"


def _passes_a_secret(invocation: Invocation) -> bool:
    function, attributes = invocation.function, invocation.action.mapping("LambdaInvocationAttributes")
    return bool(function and function.secrets) and any(
        _STORED in text for text in references.texts(attributes)
    )


def _name(invocation: Invocation) -> str:
    return invocation.function.name if invocation.function else "a function"


RULES = (
    Rule(
        "secret-in-log",
        Severity.WARNING,
        "The flow log is off where a caller keys in a code for a function with secrets.",
        "The flow log keeps the parameters of every block, so whoever may read it reads the code.",
        "set UpdateFlowLoggingBehavior to Disabled before the question, to Enabled behind the function",
        _find,
    ),
)
