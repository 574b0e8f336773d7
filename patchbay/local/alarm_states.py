"""What state a CloudWatch alarm has, from what its metrics were in its last periods.

Source: CloudWatch user guide, "Alarm evaluation" and "Configuring how CloudWatch alarms treat missing data".
Simpler in one thing: CloudWatch looks at more periods than it evaluates where data is missing.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_BREACHING: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
_WITHOUT_DATA = {"missing": "INSUFFICIENT_DATA", "notBreaching": "OK", "breaching": "ALARM"}

Alarm = Mapping[str, Any]


def windows(alarm: Alarm, period: int, now: float) -> list[tuple[float, float]]:
    """Begin and end of each period that the alarm evaluates, the latest first. They slide with `now`."""
    count = int(alarm["EvaluationPeriods"])
    return [(now - (back + 1) * period, now - back * period) for back in range(count)]


def state(alarm: Alarm, values: Sequence[float | None]) -> str:
    """`values` are those of the periods; None where one has no data."""
    known = [value for value in values if value is not None]
    treated = alarm.get("TreatMissingData") or "missing"
    if not known:
        return str(_WITHOUT_DATA.get(treated, alarm["StateValue"]))
    compare = _BREACHING[alarm["ComparisonOperator"]]
    breaching = sum(compare(value, alarm["Threshold"]) for value in known)
    if treated == "breaching":
        breaching += len(values) - len(known)
    needed = int(alarm.get("DatapointsToAlarm") or alarm["EvaluationPeriods"])
    return "ALARM" if breaching >= needed else "OK"
