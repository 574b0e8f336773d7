"""Metric math of alarms on the embedded AWS."""

import pytest

from patchbay.local import metric_math
from patchbay.local.metric_math import UnknownMath

VALUES = {"failed": 5.0, "total": 20.0, "none": None, "zero": 0.0}


def evaluated(expression: str) -> float | None:
    return metric_math.evaluate(expression, VALUES.__getitem__, {"total": 1000.0}.get)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("failed + 2 * total", 45),
        ("100 * failed / total", 25),
        ("-failed", -5),
        ("IF(total >= 20 AND failed >= 5, 100 * failed / total, 0)", 25),
        ("IF(total > 20 OR failed > 5, 1, 0)", 0),
        ("FILL(none, 0) + FILL(failed, 0)", 5),
        ("total / SERVICE_QUOTA(total) * 100", 2),
        ("none + 1", None),
        ("IF(none > 1, 1, 0)", None),
        ("failed / zero", None),
    ],
)
def test_an_expression_has_the_value_of_its_metrics(expression: str, value: float | None) -> None:
    assert evaluated(expression) == value


@pytest.mark.parametrize(
    "expression", ["ANOMALY_DETECTION_BAND(m1)", "SUM(METRICS())", "m1 +", "IF(m1)", "[a, b]", "1 < m1 < 3"]
)
def test_what_is_not_known_is_refused_in_words(expression: str) -> None:
    with pytest.raises(UnknownMath, match="the embedded AWS"):
        metric_math.parse(expression)
