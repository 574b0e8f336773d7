"""The state of an alarm by the values of its periods."""

from typing import Any

import pytest

from patchbay.local import alarm_states


def alarm(**changes: Any) -> dict[str, Any]:
    return {
        "StateValue": "OK",
        "EvaluationPeriods": 3,
        "DatapointsToAlarm": 2,
        "Threshold": 1.0,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching",
        **changes,
    }


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ([1, None, 1], "ALARM"),
        ([5, None, None], "OK"),
        ([0, 0, 0], "OK"),
        ([None, None, None], "OK"),
    ],
)
def test_an_alarm_goes_off_at_as_many_breaching_periods_as_it_says(
    values: list[float | None], state: str
) -> None:
    assert alarm_states.state(alarm(), values) == state


def test_without_a_number_of_datapoints_every_period_has_to_breach() -> None:
    every = alarm(DatapointsToAlarm=None)
    assert alarm_states.state(every, [1, 1, 0]) == "OK"
    assert alarm_states.state(every, [1, 1, 1]) == "ALARM"


@pytest.mark.parametrize(
    ("treated", "state"),
    [("missing", "INSUFFICIENT_DATA"), ("breaching", "ALARM"), ("notBreaching", "OK"), ("ignore", "OK")],
)
def test_missing_data_counts_as_the_alarm_says(treated: str, state: str) -> None:
    assert alarm_states.state(alarm(TreatMissingData=treated), [None, None, None]) == state


def test_missing_data_that_breaches_counts_beside_what_is_there() -> None:
    assert alarm_states.state(alarm(TreatMissingData="breaching"), [0, None, None]) == "ALARM"


def test_periods_slide_with_the_time_of_the_evaluation() -> None:
    found = alarm_states.windows(alarm(), 60, 1000.0)
    assert found == [(940.0, 1000.0), (880.0, 940.0), (820.0, 880.0)]
