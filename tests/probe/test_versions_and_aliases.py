"""The questions about Lambda's versions and aliases, for every answer."""

import pytest

from patchbay.probe.answers import AsAssumed, Question
from patchbay.probe.questions import any_weight, equal_version, named_version, stale_revision, zero_weight
from tests.probe.fakes import FakeAws, asked, denied, error


@pytest.fixture
def aws() -> FakeAws:
    return FakeAws()


@pytest.mark.parametrize(
    ("equal", "text", "as_assumed"),
    [
        ("same", "the same version", AsAssumed.YES),
        ("new", "a new version", AsAssumed.NO),
        ("new when sent", "a new version once the code is sent again", AsAssumed.NO),
    ],
)
def test_equal_code_is_the_same_version_or_not_as_assumed(
    aws: FakeAws, equal: str, text: str, as_assumed: AsAssumed
) -> None:
    aws.home.equal = equal
    answer = asked(aws, equal_version.QUESTION)
    assert (answer.text, answer.as_assumed) == (text, as_assumed)


def test_equal_code_that_collides_is_not_as_assumed(aws: FakeAws) -> None:
    # Two versions are published when the function is made, the third is the question's first.
    aws.refuse(
        error("PublishVersion", "ResourceConflictException", 409), lambda _: len(aws.home.versions) == 3
    )
    answer = asked(aws, equal_version.QUESTION)
    assert (answer.text, answer.as_assumed) == ("refused", AsAssumed.NO)


def test_a_stale_revision_is_refused_or_not_as_assumed(aws: FakeAws) -> None:
    answer = asked(aws, stale_revision.QUESTION)
    assert (answer.as_assumed, answer.evidence) == (AsAssumed.YES, "PreconditionFailedException, status 412")
    careless = FakeAws()
    careless.home.guarded = False
    answer = asked(careless, stale_revision.QUESTION)
    assert (answer.text, answer.as_assumed) == ("accepted", AsAssumed.NO)


def test_a_stale_revision_refused_with_another_code_is_not_as_assumed(aws: FakeAws) -> None:
    other = error("UpdateAlias", "ResourceConflictException", 409)
    aws.refuse(other, lambda given: given.get("Description") == "two")
    answer = asked(aws, stale_revision.QUESTION)
    assert (answer.text, answer.as_assumed) == ("refused with another code", AsAssumed.NO)


def test_a_version_that_previous_names_stays_or_is_not_as_assumed(aws: FakeAws) -> None:
    assert asked(aws, named_version.QUESTION).as_assumed is AsAssumed.YES
    assert aws.home.aliases["previous"]["version"] == "3"
    careless = FakeAws()
    careless.home.keeps_named = False
    assert asked(careless, named_version.QUESTION).as_assumed is AsAssumed.NO


def test_weights_that_are_read_back_exactly_are_as_assumed(aws: FakeAws) -> None:
    answer = asked(aws, any_weight.QUESTION)
    assert (answer.text, answer.as_assumed) == ("yes, exactly", AsAssumed.YES)


def test_a_weight_that_is_rounded_is_not_as_assumed(aws: FakeAws) -> None:
    aws.home.written = lambda weight: round(weight, 2)
    answer = asked(aws, any_weight.QUESTION)
    assert answer.as_assumed is AsAssumed.NO
    assert "0.333 is read back as 0.33" in answer.evidence
    assert "0.05" not in answer.evidence


def test_a_weight_that_is_refused_is_not_as_assumed(aws: FakeAws) -> None:
    aws.refuse(error("UpdateAlias", "InvalidParameterValueException"), _has_weights)
    assert asked(aws, any_weight.QUESTION).as_assumed is AsAssumed.NO
    answer = asked(aws, zero_weight.QUESTION)
    assert (answer.text, answer.as_assumed) == ("a weight of 0 is refused", AsAssumed.NO)


def test_a_weight_of_zero_may_stay_or_be_dropped_but_sends_nobody_there(aws: FakeAws) -> None:
    answer = asked(aws, zero_weight.QUESTION)
    assert answer.text == "it stays in the alias, and no call goes there"
    assert answer.as_assumed is AsAssumed.YES
    dropping = FakeAws()
    dropping.home.written = lambda weight: weight or None
    answer = asked(dropping, zero_weight.QUESTION)
    assert answer.text == "it is dropped from the alias, and no call goes there"
    assert answer.as_assumed is AsAssumed.YES


def test_a_weight_of_zero_that_sends_callers_to_the_candidate_is_not_as_assumed(aws: FakeAws) -> None:
    aws.home.runs_at_zero = True
    answer = asked(aws, zero_weight.QUESTION)
    assert (answer.text, answer.as_assumed) == (
        "it stays in the alias, and calls go to the candidate",
        AsAssumed.NO,
    )


def test_a_weight_of_zero_is_unknown_where_no_weight_routes_anything(aws: FakeAws) -> None:
    aws.home.routed = False
    answer = asked(aws, zero_weight.QUESTION)
    assert (answer.text, answer.as_assumed) == (
        "it stays in the alias; no call went there",
        AsAssumed.UNKNOWN,
    )


@pytest.mark.parametrize(
    ("question", "operation", "right"),
    [
        (equal_version.QUESTION, "PublishVersion", "lambda:PublishVersion"),
        (stale_revision.QUESTION, "UpdateAlias", "lambda:UpdateAlias"),
        (named_version.QUESTION, "DeleteFunction", "lambda:DeleteFunction"),
        (any_weight.QUESTION, "UpdateAlias", "lambda:UpdateAlias"),
        (zero_weight.QUESTION, "Invoke", "lambda:InvokeFunction"),
    ],
)
def test_a_missing_right_is_named_and_never_counts_as_yes(
    aws: FakeAws, question: Question, operation: str, right: str
) -> None:
    aws.refuse(denied(operation))
    answer = asked(aws, question)
    assert (answer.text, answer.as_assumed) == ("not answered", AsAssumed.UNKNOWN)
    assert f"the right {right} is missing" in answer.evidence


def _has_weights(given: dict[str, object]) -> bool:
    return "RoutingConfig" in given
