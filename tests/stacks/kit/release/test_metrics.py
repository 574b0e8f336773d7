"""AWS/Lambda metrics: as evidence, and as the check on the lines."""

import pytest

from release.evidence import METRICS, Reading, Sample, Unreadable
from release.metrics import Metric, read_sums
from release.reading import cross_check, read
from tests.stacks.kit.release.services import FUNCTION, NOON
from tests.stacks.kit.release.telemetry import Telemetry

SINCE, UNTIL = NOON - 600, NOON - 240


@pytest.fixture
def telemetry() -> Telemetry:
    return Telemetry()


def reading(
    telemetry: Telemetry, since: float = SINCE, until: float = UNTIL, versions: tuple[str, ...] = ()
) -> Reading:
    return read(telemetry.clients(), telemetry.window(since, until, *versions, source=METRICS))


def check(telemetry: Telemetry, since: float = SINCE, until: float = UNTIL, **attempts: int) -> str | None:
    """`v8=5, f8=1`: five attempts on version 8, one of them failed."""
    seen = {name[1:]: number for name, number in attempts.items() if name[0] == "v"}
    failed = {name[1:]: number for name, number in attempts.items() if name[0] == "f"}
    return cross_check(telemetry.clients(), telemetry.window(since, until), seen, failed)


def test_the_dimensions_are_those_of_a_version_behind_an_alias(telemetry: Telemetry) -> None:
    read_sums(telemetry.clients(), FUNCTION, [Metric("Errors", "8"), Metric("Throttles")], SINCE, UNTIL)
    (asked,) = telemetry.asked
    alias = [
        {"Name": "FunctionName", "Value": FUNCTION},
        {"Name": "Resource", "Value": f"{FUNCTION}:live"},
    ]
    assert [query["MetricStat"]["Metric"] for query in asked["MetricDataQueries"]] == [
        {
            "Namespace": "AWS/Lambda",
            "MetricName": "Errors",
            "Dimensions": [*alias, {"Name": "ExecutedVersion", "Value": "8"}],
        },
        {"Namespace": "AWS/Lambda", "MetricName": "Throttles", "Dimensions": alias},
    ]
    assert {
        (query["MetricStat"]["Period"], query["MetricStat"]["Stat"]) for query in asked["MetricDataQueries"]
    } == {(60, "Sum")}


def test_each_attempt_is_a_sample_stamped_with_the_end_of_its_minute(telemetry: Telemetry) -> None:
    telemetry.undecorated("8", SINCE + 10, error=True)
    telemetry.undecorated("8", SINCE + 20)
    telemetry.undecorated("7", SINCE + 70)
    found = reading(telemetry)
    assert found.samples == (
        Sample("8", SINCE + 60 - 0.001, failed=True),
        Sample("8", SINCE + 60 - 0.001, failed=False),
        Sample("7", SINCE + 120 - 0.001, failed=False),
    )
    assert (found.attempts, found.failures) == ({"8": 2, "7": 1}, {"8": 1})
    assert (found.until, found.source, found.throttled) == (UNTIL, METRICS, 0)


def test_only_whole_minutes_count_and_none_of_them_twice(telemetry: Telemetry) -> None:
    for second in range(0, 360, 10):
        telemetry.undecorated("8", SINCE + second)
    first = reading(telemetry, SINCE + 15, SINCE + 100)
    assert (first.samples, first.until) == ((), SINCE + 15)
    later = reading(telemetry, first.until, SINCE + 150)
    assert (later.attempts, later.until) == ({"8": 6}, SINCE + 120)
    last = reading(telemetry, later.until, SINCE + 190)
    assert (last.attempts, last.until) == ({"8": 6}, SINCE + 180)


def test_minutes_that_may_still_change_wait(telemetry: Telemetry) -> None:
    telemetry.undecorated("8", NOON - 200)
    found = reading(telemetry, SINCE, NOON - 1)
    assert (found.until, found.attempts) == (NOON - 180, {"8": 1})
    assert reading(telemetry, NOON - 100, NOON - 1).until == NOON - 100


def test_an_alias_on_a_single_version_has_no_metrics_by_version(telemetry: Telemetry) -> None:
    telemetry.split = False
    telemetry.undecorated("8", SINCE + 10, error=True)
    assert reading(telemetry).attempts == {}
    assert reading(telemetry, versions=("8",)).failures == {"8": 1}


def test_throttles_name_no_version_and_are_no_samples(telemetry: Telemetry) -> None:
    telemetry.throttled(SINCE + 10, 4)
    found = reading(telemetry)
    assert (found.throttled, found.samples) == (4, ())


def test_an_answer_in_part_is_no_evidence(telemetry: Telemetry) -> None:
    telemetry.ok("8", "a", SINCE + 10)
    telemetry.partial = True
    with pytest.raises(Unreadable, match="in part for patchbay-test-lookup: Throttles"):
        read(telemetry.clients(), telemetry.window(SINCE, UNTIL, source=METRICS))
    with pytest.raises(Unreadable, match=r"Invocations of version 8, .*Errors of version 7"):
        check(telemetry)


def test_a_complaint_of_cloudwatch_is_no_evidence(telemetry: Telemetry) -> None:
    telemetry.message = "Maximum number of allowed metrics exceeded"
    with pytest.raises(Unreadable, match="Warning Maximum number of allowed metrics"):
        reading(telemetry)


@pytest.mark.parametrize("code", ["Throttling", "AccessDenied", "InternalServiceFault"])
def test_a_refusal_is_no_evidence(telemetry: Telemetry, code: str) -> None:
    telemetry.metrics_refuse = code
    with pytest.raises(Unreadable, match=f"cannot read the metrics of patchbay-test-lookup: .*{code}"):
        reading(telemetry)


def test_more_errors_than_invocations_are_not_believed(telemetry: Telemetry) -> None:
    telemetry.undecorated("8", SINCE + 10, error=True)
    telemetry.counts = [count for count in telemetry.counts if count.name == "Errors"]
    telemetry.undecorated("8", SINCE + 11)
    telemetry.counts += [count for count in telemetry.counts if count.name == "Errors"]
    with pytest.raises(Unreadable, match="more errors than invocations"):
        reading(telemetry)


def test_the_check_is_content_when_lines_and_metrics_agree(telemetry: Telemetry) -> None:
    for number in range(40):
        telemetry.ok("7", f"a{number}", SINCE + number)
        telemetry.raised("8", f"b{number}", SINCE + number)
    assert check(telemetry, v7=40, v8=40, f8=40) is None


def test_two_or_a_tenth_are_no_difference(telemetry: Telemetry) -> None:
    for number in range(40):
        telemetry.ok("8", f"a{number}", SINCE + number)
    assert check(telemetry, v8=44) is None
    assert check(telemetry, v8=37) is None
    assert str(check(telemetry, v8=45)).startswith("metrics are behind")
    assert str(check(telemetry, v8=36)).startswith("lines are missing")
    assert check(telemetry, v8=40, v7=2) is None
    assert str(check(telemetry, v8=40, v7=3)).startswith("metrics are behind")


def test_lines_that_are_missing_say_how_many(telemetry: Telemetry) -> None:
    for number in range(10):
        telemetry.ok("8", f"a{number}", SINCE + number)
    assert check(telemetry, v8=4) == (
        "lines are missing: CloudWatch counts 10 invocations of version 8, the lines show 4 attempts"
    )


def test_errors_that_the_lines_do_not_show(telemetry: Telemetry) -> None:
    for number in range(10):
        telemetry.raised("8", f"a{number}", SINCE + number)
    assert check(telemetry, v8=10, f8=8) is None
    assert check(telemetry, v8=10, f8=3) == (
        "failures are missing: CloudWatch counts 10 errors of version 8, the lines show 3 failed attempts"
    )


def test_failures_that_lambda_saw_as_successes_are_no_difference(telemetry: Telemetry) -> None:
    for number in range(10):
        telemetry.late("8", f"a{number}", SINCE + number)
    assert check(telemetry, v8=10, f8=10) is None


def test_metrics_that_lag_are_behind(telemetry: Telemetry) -> None:
    for number in range(10):
        telemetry.ok("8", f"a{number}", UNTIL - 30 + number)
    telemetry.metrics_lag = 300
    assert str(check(telemetry, v8=10)).startswith("metrics are behind")


def test_the_minutes_at_the_edges_may_hold_what_is_not_in_the_window(telemetry: Telemetry) -> None:
    for number in range(60):
        telemetry.ok("8", f"a{number}", SINCE + number)
        telemetry.ok("8", f"b{number}", UNTIL - 60 + number)
    assert check(telemetry, SINCE + 30, UNTIL - 30, v8=60) is None
    assert check(telemetry, SINCE + 30, UNTIL - 30, v8=0) is None
    assert str(check(telemetry, SINCE + 30, UNTIL - 30, v8=140)).startswith("metrics are behind")
