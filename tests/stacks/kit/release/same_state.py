"""The ends of hundreds of interrupted releases, most of which are soon where another one has been.

What has the same state goes on alike: nothing in the simulation is left to chance. So it goes on once.
"""

from collections.abc import Mapping
from typing import Any

from tests.stacks.kit.release.controller import MOST_STEPS, Controller
from tests.stacks.kit.release.services import Count, Event

UNSEEN = frozenset(
    {
        # Of the scenario.
        "fails",
        # Of a kill, which comes once, and is over.
        "deaths",
        "execution_dies",
        "kill_after",
        "kill_at",
        # What tests look at, and no service answers with.
        "asked",
        "calls",
        "doomed",
        "invoked",
        "metrics",
        "news",
        "objects",
        "writes",
        # Long, and compared apart.
        "counts",
        "events",
    }
)

State = tuple[object, list[Event], list[Count]]


class Ends:
    """Of one scenario's releases."""

    def __init__(self) -> None:
        self._known: dict[object, list[tuple[State, Controller]]] = {}

    def of(self, controller: Controller) -> Controller:
        """The release when it is over: this one, or one that was killed, too, and then in the same state."""
        met: list[State] = []
        for _ in range(MOST_STEPS):
            if controller.deaths:
                met.append(_state(controller))
                if end := self._found(met[-1]):
                    return self._kept(met, end)
            if not controller.advance():
                return self._kept(met, controller)
        raise AssertionError("the release does not end")

    def _found(self, state: State) -> Controller | None:
        return next((end for known, end in self._known.get(state[0], ()) if known == state), None)

    def _kept(self, states: list[State], end: Controller) -> Controller:
        for state in states:
            self._known.setdefault(state[0], []).append((state, end))
        return end


def _state(controller: Controller) -> State:
    telemetry = controller.account.telemetry
    return _frozen(vars(controller)), telemetry.events[:], telemetry.counts[:]


def _frozen(value: Any) -> object:
    if isinstance(value, Mapping):
        return tuple((key, _frozen(one)) for key, one in value.items() if key not in UNSEEN and one != [])
    if isinstance(value, list | tuple):
        return tuple(_frozen(one) for one in value)
    if hasattr(value, "__dict__") and not callable(value):
        return type(value), _frozen(vars(value))
    return value
