"""What every rule has: a weight, an end, and a look at the past."""

from random import Random
from typing import Protocol

from benchmarks.release_world.world import Slice

PROMOTED, ROLLED_BACK = "promoted", "rolled back"


class Rule(Protocol):
    """Asked at the start of a minute, it sets `weight` for the slice of `minutes` that follows.

    `outcome`: None until decided, and again if a promotion is taken back. `over`: it never looks again.
    """

    weight: float
    minutes: int
    outcome: str | None
    over: bool

    def decide(self, now: int, slices: list[Slice], /) -> None:
        """`slices` is all of the past, from before the release on; the rule reads what it could see."""


class Decision:
    """The state of a rule."""

    def __init__(self, random: Random) -> None:
        self.weight = 0.0
        self.minutes = 1
        self.outcome: str | None = None
        self.over = False
        # CloudWatch shows a minute's metrics after one or two more.
        self.lag = random.choice((1, 2))

    def promote(self) -> None:
        """The candidate takes all calls."""
        self.weight, self.outcome, self.over = 1.0, PROMOTED, True

    def roll_back(self) -> None:
        """The candidate takes none."""
        self.weight, self.outcome, self.over = 0.0, ROLLED_BACK, True

    def visible(self, slices: list[Slice], newest: int) -> list[Slice]:
        """The newest minutes whose metrics can be read, oldest first."""
        last = len(slices) - self.lag
        return slices[max(last - newest, 0) : last]
