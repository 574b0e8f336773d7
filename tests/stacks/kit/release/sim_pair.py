"""The Region that carries the calls, and the one that follows it."""

from live_alias.progress import Phase
from tests.stacks.kit.release.sim import Region


class Pair:
    """The leading Region and its follower; version numbers differ, fingerprints do not."""

    def __init__(self) -> None:
        self.leader = Region("us-west-2")
        self.follower = Region(
            release={"max_hours": 2, "lead": {"region": "us-west-2", "mode": "follow"}}, calls_per_hour=0
        )
        self.follower.world.leads = self.leader

    def advance(self, hours: float) -> None:
        for _ in range(round(hours * 60)):
            self.leader.advance(60)
            self.follower.advance(60)

    def deploy(self) -> str:
        self.leader.deploy()
        return self.follower.deploy()

    def until(self, phase: Phase) -> None:
        """In the leading Region, and a little longer."""
        for _ in range(100 * 60):
            if self.leader.phase is phase:
                break
            self.advance(1 / 60)
        assert self.leader.phase is phase
        self.advance(0.2)
