"""When alarms go off, and what they say."""

import pytest

from patchbay.limits import ALARM_DESCRIPTION_MAX_CHARS, METRICS_INSIGHTS_ALARM_SECONDS
from patchbay.local import metric_math
from patchbay.monitoring.alarms import Alarm, alarms, description
from patchbay.monitoring.flow_metrics import FAILED, TOTAL
from tests.monitoring.named import in_expression, is_known

INSTANCE_ID = "11111111-2222-3333-4444-555555555555"
ALARMS = {alarm.id: alarm for alarm in alarms(INSTANCE_ID)}


@pytest.mark.parametrize(
    ("blocks", "failed", "goes_off"),
    [
        (2, 1, False),
        (4, 4, False),
        (19, 19, False),
        (60, 4, False),
        (51, 5, False),
        (50, 5, True),
        (20, 5, True),
    ],
)
def test_an_hour_of_blocks_goes_off_from_a_tenth_of_enough_of_them(
    blocks: int, failed: int, goes_off: bool
) -> None:
    assert _goes_off(ALARMS["LambdaBlocksFailing"], blocks, failed) is goes_off


@pytest.mark.parametrize(
    ("blocks", "failed", "goes_off"),
    [(2, 1, False), (2, 2, False), (4, 4, False), (6, 5, True), (8, 5, True), (12, 6, False), (40, 5, False)],
)
def test_a_quiet_night_goes_off_where_most_of_a_few_blocks_failed(
    blocks: int, failed: int, goes_off: bool
) -> None:
    assert _goes_off(ALARMS["LambdaBlocksFailingQuietly"], blocks, failed) is goes_off


@pytest.mark.parametrize("alarm", ALARMS.values(), ids=ALARMS)
def test_a_notification_names_the_environment_and_what_to_run_next(alarm: Alarm) -> None:
    text = description(alarm, "prod", "europe")
    assert "europe (prod)" in text
    assert "patchbay explain --recent --env prod" in text
    assert "patchbay doctor --env prod" in text
    assert len(text) <= ALARM_DESCRIPTION_MAX_CHARS


@pytest.mark.parametrize("alarm", ALARMS.values(), ids=ALARMS)
def test_an_alarm_names_metrics_that_are_documented_or_made_by_the_filters(alarm: Alarm) -> None:
    if alarm.metrics:
        assert set(alarm.metrics.values()) == {TOTAL, FAILED}
    else:
        named = in_expression(alarm.expression)
        assert named is not None
        assert is_known(named, "Patchbay/patchbay-prod/europe")


def test_a_query_of_metrics_looks_back_no_further_than_an_alarm_may() -> None:
    queries = [alarm for alarm in ALARMS.values() if not alarm.metrics]
    assert len(queries) == 2
    assert all(alarm.period_seconds <= METRICS_INSIGHTS_ALARM_SECONDS for alarm in queries)


def test_a_share_alarm_is_over_when_nobody_calls_any_more() -> None:
    for id_ in ("LambdaBlocksFailing", "LambdaBlocksFailingQuietly"):
        nothing: dict[str, float] = {}
        assert metric_math.evaluate(ALARMS[id_].expression, nothing.get, nothing.get) == 0


def _goes_off(alarm: Alarm, total: int, failed: int) -> bool:
    metrics = {"total": float(total), "failed": float(failed)}
    value = metric_math.evaluate(alarm.expression, metrics.get, metrics.get)
    assert value is not None
    return value >= alarm.threshold
