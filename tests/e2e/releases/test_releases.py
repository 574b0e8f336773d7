"""Releases from `cdk deploy` to their verdict, with callers, on the embedded AWS."""

import random

import pytest

from live_alias.progress import Phase
from patchbay.calls import Line
from patchbay.local.traffic import Traffic
from tests.e2e.releases.conftest import Releases

EVEN = 34
"""A seed with which callers are spread over both versions early, as they mostly are."""
HANDFUL = 12
"""Contacts on the candidate before it is out; two or three tell, the newest seconds are not read yet."""


def test_a_good_candidate_is_promoted_and_the_fallback_region_follows(releases: Releases) -> None:
    assert releases.over("good") is Phase.WATCH
    candidate = releases.record("good").releases[0].candidate
    assert releases.routing("good") == (candidate, {})
    assert releases.over("good", "us-east-1") is Phase.WATCH
    assert releases.record("good", "us-east-1").fingerprint == releases.record("good").fingerprint


@pytest.mark.parametrize("function", ["raises", "refused", "sleeps", "unimportable"])
def test_a_bad_candidate_is_out_after_a_handful_of_contacts(releases: Releases, function: str) -> None:
    assert releases.over(function) is Phase.BACK
    record = releases.record(function)
    assert record.judged == record.fingerprint
    assert releases.routing(function) == (record.stable, {})
    met = [c for c in releases.traffic[function].contacts if c.version == record.releases[0].candidate]
    assert 0 < len(met) <= HANDFUL


def test_the_fallback_region_takes_the_verdict_without_callers_of_its_own(releases: Releases) -> None:
    assert releases.over("raises", "us-east-1") is Phase.BACK
    assert releases.routing("raises", "us-east-1") == (releases.record("raises", "us-east-1").stable, {})


def test_an_outage_of_both_versions_retreats_and_the_release_ends_well_after_it(releases: Releases) -> None:
    releases.until(lambda: releases.phase("shaky") is Phase.SHIFT, "the alias is split")
    line = Line(releases.deployed.environment, releases.deployed.instance, releases.deployed.aws)
    with Traffic(line, "shaky", pause_seconds=0.05, rng=random.Random(EVEN)) as traffic:
        with releases.failing("shaky"):
            retreated = "both versions are failing"
            releases.until(
                lambda: retreated in str(releases.record("shaky").progress), "the release retreats"
            )
        assert traffic.failed() >= 3
        assert releases.over("shaky") is Phase.WATCH


def test_the_watch_takes_a_candidate_back_that_begins_to_fail_after_its_promotion(
    releases: Releases,
) -> None:
    assert releases.over("late") is Phase.WATCH
    with releases.failing("late-late"):
        releases.until(lambda: releases.phase("late") is Phase.BACK, "the watch goes back")
    assert releases.routing("late") == (releases.record("late").stable, {})
    releases.until(lambda: releases.phase("late", "us-east-1") is Phase.BACK, "the fallback Region follows")
