"""Any sequence of deploys, hand moves, failed deploys and rollbacks.

The suite tries the same few each time. A long run tries others, and makes one that fails as short as it can
(`--hypothesis-seed=1` chooses them); what it finds becomes a named test beside this one:
PATCHBAY_ALIAS_SEQUENCES=3000 pytest -n0 --hypothesis-profile=default <this file>
"""

import os
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from live_alias.executions import Run
from live_alias.progress import Phase
from live_alias.strategies import PREVIOUS_DESCRIPTION
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.live_alias.lambda_service import FUNCTION
from tests.stacks.kit.live_alias.world import Stack

VARIABLE = "PATCHBAY_ALIAS_SEQUENCES"
SEQUENCES = int(os.environ.get(VARIABLE, "100"))
STEPS = 30 if VARIABLE in os.environ else 15
WEIGHTS = st.sampled_from([0.05, 0.1, 0.5, 0.9])
STRATEGIES = st.sampled_from(["all-at-once", "canary"])
SHARES, PHASES = st.sampled_from([0.0, 0.1, 1.0]), st.sampled_from(Phase)
PASSING = ["PreconditionFailedException", "TooManyRequestsException", "ResourceConflictException"]

Where = tuple[str, dict[str, float]]


def most(where: Where) -> str:
    """The version that carries most calls; the main version where two carry the same."""
    main, weights = where
    shares = {main: 1 - sum(weights.values()), **weights}
    return max(shares, key=lambda version: shares[version])


class Deploys(RuleBasedStateMachine):
    """After a deploy that fails, callers are where they were before it; a split that it ended stays ended."""

    @initialize(by_hand=st.booleans(), strategy=STRATEGIES)
    def first_deploy(self, by_hand: bool, strategy: str) -> None:
        self.stack = Stack()
        self.stack.strategy = strategy
        if by_hand:
            self.stack.service.by_hand("live", self.stack.service.publish(), Description="by hand")
        self.stack.create()

    @rule(strategy=STRATEGIES)
    def deploy(self, strategy: str) -> None:
        self.stack.strategy = strategy
        stable = most(self._resting())
        self.stack.deploy()
        record = self.stack.record
        assert record
        assert record.stable == stable
        if self.stack.strategy == "all-at-once":
            assert (self.stack.live, self.stack.previous) == ((self.stack.current, {}), stable)
            return
        assert self.stack.live == (stable, {}), "every caller on one version until the controller moves some"
        self._is_released(self.stack.current)

    @rule()
    def deploy_without_changes(self) -> None:
        before = self.stack.live
        self.stack.event("Update", self.stack.current, self.stack.current)
        assert self.stack.live == before

    @rule(data=st.data(), weight=st.none() | WEIGHTS)
    def move_by_hand(self, data: st.DataObject, weight: float | None) -> None:
        self._move(data, weight)

    @rule(data=st.data(), weight=WEIGHTS)
    def a_release_begins_that_a_hand_splits(self, data: st.DataObject, weight: float) -> None:
        self.deploy(strategy="canary")
        self._move(data, weight)

    @rule(data=st.data())
    def overwrite_the_description(self, data: st.DataObject) -> None:
        version, weights = self.stack.live or ("", {})
        self.stack.service.by_hand("live", version, weights, Description=data.draw(st.text(max_size=20)))

    @rule(strategy=STRATEGIES, times=st.integers(1, 2), share=st.none() | SHARES, phase=PHASES)
    def deploy_that_fails(self, strategy: str, times: int, share: float | None, phase: Phase) -> None:
        expected = self._taken_back(strategy)
        failed = self.stack.deploy_halfway()
        if share is not None:
            self.the_controller_moves_callers(share=share, phase=phase)
        for _ in range(times):
            self.stack.roll_back(failed)
        assert (self.stack.live, self.stack.previous) == expected
        self.stack.clean_up(failed)

    @rule()
    def deploy_that_fails_before_the_alias(self) -> None:
        before, failed = (self.stack.live, self.stack.previous), self.stack.service.publish()
        self.stack.roll_back(failed)
        assert (self.stack.live, self.stack.previous) == before
        self.stack.clean_up(failed)

    @rule(first=STRATEGIES, second=STRATEGIES)
    def deploys_without_rollback_that_are_taken_back(self, first: str, second: str) -> None:
        expected, made = self._taken_back(first), [self.stack.current]
        for strategy in (first, second):
            self.stack.strategy = strategy
            made.append(self.stack.service.publish())
            self.stack.event("Update", made[-1], made[-2])
        self.stack.roll_back(made[-1])
        assert (self.stack.live, self.stack.previous) == expected
        for failed in made[1:]:
            self.stack.clean_up(failed)

    @rule(strategy=STRATEGIES, writes=st.integers(0, 2), again=st.booleans())
    def deploy_that_breaks_off(self, strategy: str, writes: int, again: bool) -> None:
        allowed = [(self.stack.live, self.stack.previous), self._taken_back(strategy)]
        faults = self.stack.service.faults
        broken = ServiceError("AccessDeniedException", 403)
        faults["UpdateAlias"] = [*([lambda: None] * writes), broken]
        faults["CreateAlias"] = [broken]
        failed = self.stack.service.publish()
        for _ in range(2 if again else 1):
            self._try(failed)
        faults.clear()
        self.stack.roll_back(failed)
        assert (self.stack.live, self.stack.previous) in allowed
        self.stack.clean_up(failed)

    @rule(strategy=STRATEGIES, data=st.data(), weight=st.none() | WEIGHTS)
    def deploy_that_fails_with_a_hand_in_between(
        self, strategy: str, data: st.DataObject, weight: float | None
    ) -> None:
        before, _ = self._taken_back(strategy)
        failed = self.stack.deploy_halfway()
        self._move(data, weight)
        moved = self.stack.live
        assert moved
        self.stack.roll_back(failed)
        assert self.stack.live == (before if failed in {moved[0], *moved[1]} else moved)
        self.stack.clean_up(failed)

    @rule(strategy=STRATEGIES, codes=st.lists(st.sampled_from(PASSING), max_size=2))
    def deploy_that_fails_with_passing_errors(self, strategy: str, codes: list[str]) -> None:
        expected = self._taken_back(strategy)
        for operation in ("UpdateAlias", "GetAlias", "CreateAlias"):
            self.stack.service.faults[operation] = [ServiceError(code, 412) for code in codes]
        failed = self.stack.deploy_halfway()
        self.stack.roll_back(failed)
        self.stack.service.faults.clear()
        assert (self.stack.live, self.stack.previous) == expected
        self.stack.clean_up(failed)

    @rule(share=SHARES, phase=PHASES)
    def the_controller_moves_callers(self, share: float, phase: Phase) -> None:
        """As far as a release goes on: in one write with its record, `previous` before a promotion."""
        record = self.stack.record
        if record is None or record.active is None or record.stable not in self.stack.service.versions:
            return
        candidate, stable = record.releases[0].candidate, record.stable
        after = replace(record, progress=replace(record.active, phase=phase)).description()
        if share == 1:
            self.stack.service.by_hand("previous", stable, Description=PREVIOUS_DESCRIPTION)
            self.stack.service.by_hand("live", candidate, Description=after)
        else:
            self.stack.service.by_hand("live", stable, {candidate: share} if share else {}, Description=after)

    @rule()
    @precondition(lambda self: len(self.stack.service.versions) > 5)
    def prune(self) -> None:
        """Old versions go, as far as no alias names them; the last deployed one is CloudFormation's."""
        service = self.stack.service
        named = {self.stack.current}.union(*(service.named(alias) for alias in service.aliases))
        for version in [version for version in service.versions if version not in named]:
            service.delete_version(version)

    @invariant()
    def callers_are_answered(self) -> None:
        if hasattr(self, "stack"):
            assert self.stack.service.named("live") <= {*self.stack.service.versions, "$LATEST"}

    @invariant()
    def previous_is_no_unjudged_candidate(self) -> None:
        record = self.stack.record if hasattr(self, "stack") else None
        assert not (record and record.active) or self.stack.previous != record.releases[0].candidate

    def _taken_back(self, strategy: str) -> tuple[Where, str | None]:
        """Live and previous once a deploy that begins now, by that strategy, has failed. What it ended is not
        begun again: the split of a release that it superseded, and with canary a hand's."""
        self.stack.strategy = strategy
        rests = self._resting()
        return (most(rests), {}) if strategy == "canary" else rests, self.stack.previous

    def _resting(self) -> Where:
        """Where callers are; of a release's own split the version that it goes back to."""
        live, record = self.stack.live, self.stack.record
        assert live
        named = {live[0], *live[1]}
        if record is None or record.active is None or record.stable not in named:
            return live
        return live if named - {record.stable, record.releases[0].candidate} else (record.stable, {})

    def _is_released(self, version: str) -> None:
        """By an execution that the record names."""
        record = self.stack.record
        assert record
        assert record.active
        name = Run(FUNCTION, version, record.active.at).name
        assert self.stack.states.inputs[name]["candidate"] == version

    def _move(self, data: st.DataObject, weight: float | None) -> None:
        """Often between the two versions of the release that is on record."""
        there, record = self.stack.service.versions, self.stack.record
        pair = {record.stable, record.releases[0].candidate} if record and record.releases else set()
        version = st.sampled_from([*there, *[number for number in there if number in pair] * len(there)])
        main, other = data.draw(version), data.draw(version)
        self.stack.service.by_hand("live", main, {other: weight} if weight and other != main else {})

    def _try(self, version: str) -> None:
        try:
            self.stack.event("Update", version, self.stack.current)
        except Exception as error:
            assert "AccessDenied" in str(error)  # noqa: PT017 - whether it fails depends on the strategy


TestDeploys = Deploys.TestCase
TestDeploys.settings = settings(
    max_examples=SEQUENCES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
