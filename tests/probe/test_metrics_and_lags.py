"""The questions about metrics and log lines: what comes, when, and what the wait proves."""

import pytest

from patchbay.probe.answers import AsAssumed, Question
from patchbay.probe.questions import log_lag, metric_lag, metrics_split, metrics_unsplit, zero_weight
from tests.probe.fakes import FakeAws, asked, denied


@pytest.fixture
def aws() -> FakeAws:
    return FakeAws()


def test_a_split_alias_with_metrics_by_version_is_as_assumed(aws: FakeAws) -> None:
    answer = asked(aws, metrics_split.QUESTION)
    assert (answer.text, answer.as_assumed) == ("yes", AsAssumed.YES)
    assert answer.evidence == "both versions' counts were complete after 72 s"


def test_a_split_alias_with_metrics_but_none_by_version_is_not_as_assumed(aws: FakeAws) -> None:
    aws.cloudwatch.by_version = frozenset()
    answer = asked(aws, metrics_split.QUESTION)
    assert (answer.text, answer.as_assumed) == ("no", AsAssumed.NO)
    assert "within 300 s" in answer.evidence


def test_no_metrics_of_the_alias_at_all_prove_nothing_about_the_split_one(aws: FakeAws) -> None:
    aws.cloudwatch.by_alias = False
    aws.cloudwatch.by_version = frozenset()
    answer = asked(aws, metrics_split.QUESTION)
    assert (answer.text, answer.as_assumed) == ("no metrics of the alias", AsAssumed.UNKNOWN)


def test_no_metrics_of_the_alias_at_all_prove_nothing_about_the_other(aws: FakeAws) -> None:
    aws.cloudwatch.by_alias = False
    aws.cloudwatch.by_version = frozenset()
    answer = asked(aws, metrics_split.QUESTION, metrics_unsplit.QUESTION)
    assert (answer.text, answer.as_assumed) == ("none came", AsAssumed.UNKNOWN)


def test_calls_that_all_ran_on_one_version_prove_nothing(aws: FakeAws) -> None:
    aws.home.routed = False
    answer = asked(aws, metrics_split.QUESTION)
    assert (answer.text, answer.as_assumed) == ("all calls ran on one version", AsAssumed.UNKNOWN)


def test_no_metrics_by_version_without_a_split_is_as_assumed_once_the_split_alias_has_its_own(
    aws: FakeAws,
) -> None:
    answer = asked(aws, zero_weight.QUESTION, metrics_unsplit.QUESTION)
    assert (answer.text, answer.as_assumed) == ("no: none", AsAssumed.YES)
    assert answer.evidence == "none came, while the split alias had its own; at a weight of 0: none"


def test_metrics_by_version_without_a_split_are_not_as_assumed(aws: FakeAws) -> None:
    aws.cloudwatch.by_version = frozenset({"split", "plain"})
    answer = asked(aws, metrics_unsplit.QUESTION)
    assert (answer.text, answer.as_assumed) == ("yes, there too", AsAssumed.NO)


def test_metrics_by_version_at_a_weight_of_zero_are_told(aws: FakeAws) -> None:
    aws.cloudwatch.by_version = frozenset({"split", "zero"})
    assert "at a weight of 0: yes" in asked(aws, metrics_unsplit.QUESTION).evidence


@pytest.mark.parametrize(
    ("lag", "text", "as_assumed"),
    [(70.0, "72 s at most", AsAssumed.YES), (200.0, "201 s at most", AsAssumed.NO)],
)
def test_the_metrics_lag_is_measured_and_held_against_settle_seconds(
    aws: FakeAws, lag: float, text: str, as_assumed: AsAssumed
) -> None:
    aws.cloudwatch.lag = lag
    answer = asked(aws, metric_lag.QUESTION)
    assert (answer.text, answer.as_assumed) == (text, as_assumed)
    assert "looked every 3 s" in answer.evidence


@pytest.mark.parametrize(
    ("lag", "text", "as_assumed"),
    [
        (0.0, "less than a second", AsAssumed.YES),
        (4.0, "6 s at most", AsAssumed.YES),
        (150.0, "150 s at most", AsAssumed.NO),
        (None, "more than 330 s", AsAssumed.NO),
    ],
)
def test_the_log_lines_lag_is_measured_and_held_against_settle_seconds(
    aws: FakeAws, lag: float | None, text: str, as_assumed: AsAssumed
) -> None:
    aws.logs.lag = lag
    answer = asked(aws, log_lag.QUESTION)
    assert (answer.text, answer.as_assumed) == (text, as_assumed)


def test_what_did_not_come_in_a_shorter_wait_than_settle_seconds_is_unknown(aws: FakeAws) -> None:
    aws.embedded = True
    answer = asked(aws, metric_lag.QUESTION)
    assert answer.as_assumed is AsAssumed.UNKNOWN
    assert answer.evidence == "0 of 6 metric series within 8 s, and 120 s were not waited"
    assert asked(aws, log_lag.QUESTION).as_assumed is AsAssumed.YES


def test_nothing_is_waited_for_longer_than_needed(aws: FakeAws) -> None:
    began = aws.time
    asked(aws, log_lag.QUESTION, metric_lag.QUESTION, metrics_split.QUESTION, metrics_unsplit.QUESTION)
    assert 70 < aws.time - began < 70 + 3 + 30 + 5
    assert aws.calls.count("Invoke") == 22


@pytest.mark.parametrize(
    ("question", "operation", "right"),
    [
        (log_lag.QUESTION, "FilterLogEvents", "logs:FilterLogEvents"),
        (metric_lag.QUESTION, "GetMetricData", "cloudwatch:GetMetricData"),
        (metrics_split.QUESTION, "GetMetricData", "cloudwatch:GetMetricData"),
        (metrics_unsplit.QUESTION, "GetMetricData", "cloudwatch:GetMetricData"),
    ],
)
def test_a_missing_right_is_named_and_is_not_waited_for(
    aws: FakeAws, question: Question, operation: str, right: str
) -> None:
    aws.refuse(denied(operation))
    answer = asked(aws, question)
    assert (answer.text, answer.as_assumed) == ("not answered", AsAssumed.UNKNOWN)
    assert f"the right {right} is missing" in answer.evidence
    assert aws.calls.count(operation) <= 2
