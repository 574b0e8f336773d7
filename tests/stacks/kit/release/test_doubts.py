"""What holds a release although no verdict speaks against it."""

import pytest

from live_alias.progress import Phase
from release.doubts import FEWEST_RECHECKED, LATE_LINES
from release.patience import HOLDS_BEFORE_STUCK
from release.reading import cross_check
from tests.stacks.kit.release.readings import AT, SINCE, UNTIL, reading, told
from tests.stacks.kit.release.sim import Region
from tests.stacks.kit.release.telemetry import Telemetry

DOUBTS = {"disagree": "lines are missing", "throttled": 3, "cross_blind": "denied", "mute": True}


def _in_doubt(region: Region) -> None:
    """Until it would pass."""
    for _ in range(200):
        region.tick()
        if region.state["note"].startswith("holds"):
            return
    raise AssertionError(region.state["note"])


@pytest.mark.parametrize("code", ["Throttling", "AccessDenied"])
def test_lines_are_read_although_cloudwatch_refuses(code: str) -> None:
    telemetry = Telemetry()
    telemetry.ok("7", "a", AT)
    telemetry.raised("8", "b", AT + 1)
    telemetry.metrics_refuse = code

    found = reading(telemetry)

    assert (told(found), found.throttled) == ([("7", False), ("8", True)], None)


@pytest.mark.parametrize(("rate", "end"), [(1.0, Phase.BACK), (0.0, Phase.STOP)])
def test_unknown_throttles_hold_and_hide_no_failures(rate: float, end: Phase) -> None:
    region = Region(release={"max_hours": 4})
    candidate = region.deploy()
    region.callers.rates[candidate] = rate
    region.world.mute = True

    region.until(Phase.SHIFT)
    first = region.live
    while region.phase is Phase.SHIFT:
        assert region.live == first, "the weight is not raised"
        region.tick()

    assert (region.phase, region.live) == (end, ("1", {}))
    assert region.callers.harmed(candidate) <= 5


def test_unknown_throttles_hide_no_outage(region: Region) -> None:
    candidate = region.reach("shift")
    region.hours(0.4)
    before = region.live[1][candidate]
    region.world.mute = True
    region.callers.outage = 1.0

    region.hours(0.4)

    assert region.live[1][candidate] < before


def test_metrics_that_cannot_be_read_at_the_pass_hold_with_split_and_evidence(region: Region) -> None:
    candidate = region.reach("shift")
    region.world.cross_blind = "CloudWatch: AccessDenied"
    _in_doubt(region)
    split, seen = region.live, region.state["candidate"]["seen"]

    region.tick(40)
    assert (region.phase, region.live, region.world.warm_ups) == (Phase.SHIFT, split, 1)
    assert region.state["candidate"]["seen"] > seen
    assert region.state["stuck"]
    assert "CloudWatch: AccessDenied" in region.state["note"]
    region.world.cross_blind = ""

    region.until(Phase.WATCH, hours=0.1)
    assert region.live == (candidate, {})


@pytest.mark.parametrize("weather", sorted(DOUBTS))
def test_a_doubt_that_lasts_is_told_and_goes(region: Region, weather: str) -> None:
    region.reach("shift")
    setattr(region.world, weather, DOUBTS[weather])
    _in_doubt(region)
    region.tick(HOLDS_BEFORE_STUCK - 2)
    assert not region.state["stuck"]

    region.tick()
    assert region.world.news[-1].stuck
    assert region.world.news[-1].why.startswith("holds: ")
    setattr(region.world, weather, type(DOUBTS[weather])())
    region.tick(HOLDS_BEFORE_STUCK + 5)

    assert not region.state["stuck"]


def test_lines_that_came_late_do_not_block_for_ever(region: Region) -> None:
    candidate = region.reach("shift")
    region.world.disagree = "lines are missing: 60 and 40"
    _in_doubt(region)
    doubted = region.now
    region.world.disagree = ""

    region.tick()
    assert (region.phase, region.state["split_since"]) == (Phase.SHIFT, pytest.approx(doubted, abs=121))
    assert region.state["note"].startswith("holds: lines are missing: 60 and 40; compared anew after")
    region.until(Phase.WATCH, hours=2)

    assert region.callers.seen(candidate, doubted) >= FEWEST_RECHECKED - 3


def test_metrics_that_are_behind_are_waited_for_with_the_same_window(region: Region) -> None:
    region.reach("shift")
    since = region.state["split_since"]
    region.world.disagree = "metrics are behind: 40 and 60"
    _in_doubt(region)
    region.world.disagree = ""

    assert region.state["split_since"] == since
    region.tick()

    assert region.phase is Phase.WATCH


def test_the_cross_check_says_it_in_these_words() -> None:
    telemetry = Telemetry()
    for number in range(40):
        telemetry.raised("7", f"a{number}", SINCE + number)
    clients, window = telemetry.clients(), telemetry.window(SINCE, UNTIL)

    for attempts, failures in (({"7": 4}, {"7": 4}), ({"7": 40}, {})):
        assert (cross_check(clients, window, attempts, failures) or "").startswith(LATE_LINES)
