"""What happens to releases in one Region or two: deploys, faults, hands, operators and killed steps."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from live_alias.errors import DecideAnewError
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.sim import Region
from tests.stacks.kit.release.sim_world import WEATHER, Kill

COMMANDS = st.sampled_from(["start", "pause", "resume", "promote", "abort"])
WHICH = st.integers(0, 1)
STORM = st.sets(st.sampled_from(sorted(WEATHER)), max_size=2)
RELEASE = {"max_hours": 3, "watch_hours": 1, "history_events": 900}


class Happenings(RuleBasedStateMachine):
    """`hands`: where a hand put each Region's callers that no release minds; it stays there."""

    @initialize(
        lead=st.sampled_from([None, None, "follow", "after"]),
        phase=st.sampled_from(["start", "shift", "shift", "watch"]),
        weather=STORM,
    )
    def first_deploy(self, lead: str | None, phase: str, weather: set[str]) -> None:
        self.regions = [Region("us-west-2", dict(RELEASE))]
        self.hands: list[Any] = [None, None]
        self.splits: list[Any] = []
        self.failing: list[str | None] = [None, None]
        if lead:
            second = Region(release={**RELEASE, "lead": {"region": "us-west-2", "mode": lead}})
            second.callers.per_hour = 0 if lead == "follow" else 120
            second.world.leads = self.regions[0]
            self.regions.append(second)
        for region in self.regions:
            region.deploy()
        while self.regions[0].phase != phase:
            self._advance(1)
        self._weather(self.regions[0], weather, bad=True)

    # What happens.

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        self._advance(minutes)

    @rule(rate=st.sampled_from([0.0, 0.05, 0.3, 1.0]))
    def the_newest_version_fails(self, rate: float) -> None:
        for region in self.regions:
            region.callers.rates[region.service.versions[-1]] = rate

    @rule(rate=st.sampled_from([0.0, 0.3, 1.0]))
    def an_outage_comes_or_goes(self, rate: float) -> None:
        for region in self.regions:
            region.callers.outage = rate

    @rule(which=WHICH, what=st.sampled_from(sorted(WEATHER)), bad=st.booleans())
    def the_weather_changes(self, which: int, what: str, bad: bool) -> None:
        setattr(self._region(which).world, what, WEATHER[what][bad])

    @rule(which=WHICH, what=STORM, minutes=st.integers(3, 90))
    def a_storm_passes(self, which: int, what: set[str], minutes: int) -> None:
        self._weather(self._region(which), what, bad=True)
        self._advance(minutes)
        self._weather(self._region(which), what, bad=False)

    @rule(which=WHICH, calls=st.integers(0, 6), after=st.booleans())
    def the_next_step_is_killed(self, which: int, calls: int, after: bool) -> None:
        self._region(which).world.kill = Kill(calls, after)
        self._advance(2)
        self._region(which).world.kill = None

    @rule(which=WHICH, operation=st.sampled_from(["UpdateAlias", "GetAlias"]), times=st.integers(1, 7))
    def lambda_answers_with_a_stale_revision(self, which: int, operation: str, times: int) -> None:
        error = ServiceError("PreconditionFailedException", 412)
        self._region(which).service.faults[operation] = [error] * times
        self._advance(2)
        self._region(which).service.faults.clear()

    @rule(which=WHICH)
    def the_execution_dies(self, which: int) -> None:
        region = self._region(which)
        for name in list(region.executions):
            region.end(name, "failed")

    @rule(which=WHICH)
    def the_sweep_comes(self, which: int) -> None:
        self._region(which).sweep()

    # What people do.

    @rule(which=WHICH)
    @precondition(lambda self: len(self.regions[0].service.versions) < 9)
    def deploy(self, which: int) -> None:
        """In one Region; the next deploy of the other one brings it there."""
        which %= len(self.regions)
        if not self.failing[which]:
            self.regions[which].deploy()

    @rule(which=WHICH)
    def the_same_deploy_again(self, which: int) -> None:
        which %= len(self.regions)
        region = self.regions[which]
        if self.failing[which] is None and region.stack.current != "1":
            region.stack.event("Update", region.stack.current, "1")
            region.start_executions()

    @rule(which=WHICH)
    @precondition(lambda self: len(self.regions[0].service.versions) < 9)
    def deploy_half_way(self, which: int) -> None:
        which %= len(self.regions)
        if self.failing[which] is None:
            self.failing[which] = self.regions[which].deploy_that_fails()

    @rule(which=WHICH)
    def cloudformation_rolls_back(self, which: int) -> None:
        which %= len(self.regions)
        failed = self.failing[which]
        if failed is not None:
            self.failing[which] = None
            self.regions[which].roll_back(failed)

    @rule(which=WHICH, command=COMMANDS, force=st.booleans())
    def an_operator_acts(self, which: int, command: str, force: bool) -> None:
        region = self._region(which)
        region.command(command, force=force)
        again = region.command(command, force=force)
        assert again.steps == ()

    @rule(which=WHICH, data=st.data())
    def an_operator_starts_a_version(self, which: int, data: st.DataObject) -> None:
        region = self._region(which)
        version = data.draw(st.sampled_from(region.service.versions))
        region.command("start", version=version, fingerprint=f"{version:0>8}ffffffff")

    @rule(which=WHICH, first=COMMANDS, second=COMMANDS)
    def two_operators_act_at_once(self, which: int, first: str, second: str) -> None:
        region = self._region(which)
        one, other = region.decide(first), region.decide(second)
        region.write(one)
        try:
            region.write(other)
        except DecideAnewError:
            assert one.steps
            region.command(second)

    @rule(which=WHICH, command=COMMANDS)
    def an_operator_acts_during_a_step(self, which: int, command: str) -> None:
        region = self._region(which)
        region.world.meanwhile = lambda: region.command(command)
        self._advance(2)

    @rule(which=WHICH, data=st.data(), weight=st.none() | st.sampled_from([0.05, 0.5, 0.9]))
    def a_hand_moves_callers(self, which: int, data: st.DataObject, weight: float | None) -> None:
        region = self._region(which)
        version = st.sampled_from(region.service.versions)
        main, other = data.draw(version), data.draw(version)
        region.by_hand(main, {other: weight} if weight and other != main else {})
        active = region.record.active and not region.view.strangers
        self.hands[which % len(self.regions)] = None if active else region.live
        self.splits += [] if active else [region.live]

    @rule(which=WHICH, data=st.data())
    def a_hand_deletes_what_no_alias_names(self, which: int, data: st.DataObject) -> None:
        which %= len(self.regions)
        service = self.regions[which].service
        named = {self.regions[which].stack.current, self.failing[which]}
        named = named.union(*(service.named(alias) for alias in service.aliases))
        free = [version for version in service.versions if version not in named]
        if free:
            service.delete_version(data.draw(st.sampled_from(free)))

    @rule(which=WHICH)
    def a_hand_deletes_previous(self, which: int) -> None:
        self._region(which).service.aliases.pop("previous", None)

    def _weather(self, region: Region, what: set[str], *, bad: bool) -> None:
        for name in what:
            setattr(region.world, name, WEATHER[name][bad])

    def _region(self, which: int) -> Region:
        return self.regions[which % len(self.regions)]

    def _advance(self, minutes: int) -> None:
        for _ in range(minutes):
            for region in self.regions:
                region.advance(60)
