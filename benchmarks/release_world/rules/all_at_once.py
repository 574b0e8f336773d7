"""No canary: every call at once."""

from benchmarks.release_world.rules.base import Decision
from benchmarks.release_world.world import Slice


class AllAtOnce(Decision):
    """Promotes without looking."""

    def decide(self, _now: int, _slices: list[Slice]) -> None:
        """Whatever happened."""
        self.promote()
