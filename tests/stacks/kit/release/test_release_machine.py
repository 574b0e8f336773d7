"""Any sequence of deploys, faults, hands, operators and killed steps, in one Region or two.

However it went: in fine weather the alias comes to rest on one version, and nothing is forgotten.
A long run: PATCHBAY_RELEASE_SEQUENCES=3000 pytest -n0 tests/stacks/kit/release/test_release_machine.py
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from live_alias.limits import DESCRIPTION_MAX_CHARS
from release.patience import ERRORS_BEFORE_STUCK
from tests.stacks.kit.release.happenings import Happenings
from tests.stacks.kit.release.sim import Region
from tests.stacks.kit.release.sim_world import WEATHER

VARIABLE = "PATCHBAY_RELEASE_SEQUENCES"
SEQUENCES = int(os.environ.get(VARIABLE, "60"))


class Releases(Happenings):
    """Whatever happened."""

    @invariant()
    def the_record_can_be_read(self) -> None:
        for region in getattr(self, "regions", []):
            assert len(region.service.aliases["live"]["Description"]) <= DESCRIPTION_MAX_CHARS
            assert region.record.releases

    @invariant()
    def what_was_judged_bad_carries_no_calls(self) -> None:
        for number, region in enumerate(getattr(self, "regions", [])):
            record, (main, weights) = region.record, region.live
            if not record.active and record.rejects(record.fingerprint) and region.live != self.hands[number]:
                assert record.releases[0].candidate not in {main, *weights} or region.view.stable is None

    @invariant()
    def no_contact_is_counted_twice(self) -> None:
        for region in getattr(self, "regions", []):
            for answer in region.states[-1:]:
                counted = answer["state"]["candidate"]["seen"] + answer["state"]["watched"]["seen"]
                assert counted <= region.callers.seen(answer["candidate"])

    @invariant()
    def what_cannot_be_read_for_long_is_told(self) -> None:
        for region in getattr(self, "regions", []):
            for answer in region.states[-1:]:
                state = answer["state"]
                assert answer["done"] or state["errors"] < ERRORS_BEFORE_STUCK or state["stuck"]

    def teardown(self) -> None:
        """Fine weather: everything comes to rest."""
        if not hasattr(self, "regions"):
            return
        for which in range(len(self.regions)):
            self.cloudformation_rolls_back(which)
        for region in self.regions:
            region.callers.rates.clear()
            region.callers.outage = 0.0
            region.world.kill = region.world.meanwhile = None
            for name, (fine, _) in WEATHER.items():
                setattr(region.world, name, fine)
            region.command("resume")
        self._comes_to_rest()
        for number, region in enumerate(self.regions):
            self._is_at_rest(number, region)

    def _comes_to_rest(self) -> None:
        """With the sweep every quarter of an hour, as it is scheduled."""
        for _ in range(80):
            for region in self.regions:
                region.sweep()
            if not any(region.executions or region.record.active for region in self.regions):
                break
            self._advance(15)

    def _is_at_rest(self, number: int, region: Region) -> None:
        assert region.record.active is None, region.record
        assert region.executions == {}
        assert not any(end.startswith("failed:") for end in region.ends.values()), region.ends
        main, weights = region.live
        if region.live not in self.splits:  # CloudFormation's rollback gives an earlier one back
            assert weights == {}, "a forgotten split"
            assert region.stack.record, "a record without a release"
        assert {main, *weights} <= set(region.service.versions)
        assert region.previous is None or region.previous in region.service.versions


TestReleases = Releases.TestCase
TestReleases.settings = settings(
    max_examples=SEQUENCES,
    derandomize=VARIABLE not in os.environ,  # a long run looks for new sequences
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
