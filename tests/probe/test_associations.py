"""The questions about associations, for every answer that Connect may give."""

import pytest

from patchbay.probe.answers import AsAssumed, Question
from patchbay.probe.questions import (
    associated_twice,
    automatic_statement,
    disassociated,
    other_region_arn,
    qualified_arn,
)
from tests.probe.fakes import HOME, INSTANCE, OTHER, FakeAws, asked, denied, error

ALIAS = f"arn:aws:lambda:{HOME}:000000000000:function:patchbay-local-probe-throwaway:plain"
FOREIGN = ALIAS.replace(HOME, OTHER)
EXACT = {"ArnLike": {"AWS:SourceArn": INSTANCE}}


@pytest.fixture
def aws() -> FakeAws:
    return FakeAws()


def test_an_alias_that_is_listed_as_it_was_is_as_assumed(aws: FakeAws) -> None:
    answer = asked(aws, qualified_arn.QUESTION)
    assert (answer.text, answer.as_assumed) == ("accepted, and listed as it was", AsAssumed.YES)
    assert aws.connect.associated == [ALIAS]


def test_an_alias_that_is_refused_is_not_as_assumed(aws: FakeAws) -> None:
    aws.refuse(error("AssociateLambdaFunction", "InvalidParameterException", message="no aliases"))
    answer = asked(aws, qualified_arn.QUESTION)
    assert (answer.text, answer.as_assumed) == ("refused", AsAssumed.NO)
    assert answer.evidence == "AssociateLambdaFunction answered InvalidParameterException: no aliases"


def test_an_alias_that_is_listed_without_its_qualifier_is_not_as_assumed(aws: FakeAws) -> None:
    aws.connect.shown = lambda arn: arn.rpartition(":")[0]
    answer = asked(aws, qualified_arn.QUESTION)
    assert (answer.text, answer.as_assumed) == ("accepted, but listed another way", AsAssumed.NO)
    assert ALIAS.removesuffix(":plain") in answer.evidence


def test_an_alias_that_is_accepted_but_never_listed_is_not_as_assumed(aws: FakeAws) -> None:
    aws.connect.shown = lambda _: None
    answer = asked(aws, qualified_arn.QUESTION)
    assert (answer.text, answer.as_assumed) == ("accepted, but not listed", AsAssumed.NO)
    assert aws.calls.count("ListLambdaFunctions") == 3


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        (
            denied("AssociateLambdaFunction", "lambda:AddPermission"),
            "the right lambda:AddPermission is missing",
        ),
        (denied("AssociateLambdaFunction"), "the right connect:AssociateLambdaFunction is missing"),
        (error("AssociateLambdaFunction", "ThrottlingException", 429), "AWS was too busy"),
        (error("AssociateLambdaFunction", "ServiceQuotaExceededException", 402), "a quota is used up"),
        (error("AssociateLambdaFunction", "InternalServiceException", 500), "AWS failed"),
        (denied("ListLambdaFunctions"), "the right connect:ListLambdaFunctions is missing"),
    ],
)
@pytest.mark.parametrize("question", [qualified_arn.QUESTION, other_region_arn.QUESTION])
def test_what_says_nothing_about_the_arn_is_unknown_and_says_why(
    aws: FakeAws, question: Question, refusal: Exception, why: str
) -> None:
    aws.refuse(refusal)  # type: ignore[arg-type]
    answer = asked(aws, question)
    assert (answer.text, answer.as_assumed) == ("not answered", AsAssumed.UNKNOWN)
    assert answer.evidence.startswith(why)


@pytest.mark.parametrize(
    "question", [q.QUESTION for q in (automatic_statement, associated_twice, disassociated)]
)
def test_what_needs_the_association_is_unknown_without_it(aws: FakeAws, question: Question) -> None:
    aws.refuse(error("AssociateLambdaFunction", "InvalidParameterException"))
    answer = asked(aws, qualified_arn.QUESTION, question)
    assert answer.as_assumed is AsAssumed.UNKNOWN
    assert answer.evidence == "the alias is not associated: see the question qualified-arn"


@pytest.mark.parametrize(
    ("code", "as_assumed"),
    [
        ("InvalidRequestException", AsAssumed.YES),
        ("InvalidParameterException", AsAssumed.YES),
        ("ResourceNotFoundException", AsAssumed.YES),
        ("ResourceConflictException", AsAssumed.NO),
    ],
)
def test_another_regions_alias_may_be_refused_as_the_deploy_expects(
    aws: FakeAws, code: str, as_assumed: AsAssumed
) -> None:
    aws.refuse(error("AssociateLambdaFunction", code))
    assert asked(aws, other_region_arn.QUESTION).as_assumed is as_assumed


def test_another_regions_alias_may_be_accepted_and_listed_or_not(aws: FakeAws) -> None:
    assert asked(aws, other_region_arn.QUESTION).text == "accepted, and listed as it was"
    assert aws.connect.associated == [FOREIGN]
    unlisted = FakeAws()
    unlisted.connect.shown = lambda _: None
    answer = asked(unlisted, other_region_arn.QUESTION)
    assert (answer.text, answer.as_assumed) == ("accepted, but not listed", AsAssumed.YES)


def test_another_regions_alias_listed_another_way_would_be_left_behind(aws: FakeAws) -> None:
    aws.connect.shown = lambda arn: f"{arn}-as-connect-likes-it"
    aws.connect.shown = lambda arn: arn.rpartition(":")[0]
    assert asked(aws, other_region_arn.QUESTION).as_assumed is AsAssumed.NO


@pytest.mark.parametrize(
    ("qualifier", "condition", "text", "as_assumed"),
    [
        (None, {}, "nowhere", AsAssumed.YES),
        ("", EXACT, "on the function", AsAssumed.YES),
        ("plain", EXACT, "on the alias", AsAssumed.YES),
        ("", {}, "on the function, wider than this instance", AsAssumed.NO),
        (
            "plain",
            {"ArnLike": {"AWS:SourceArn": "*"}},
            "on the alias, wider than this instance",
            AsAssumed.NO,
        ),
        (
            "plain",
            {"StringEquals": {"AWS:SourceAccount": "000000000000"}},
            "on the alias, wider than this instance",
            AsAssumed.NO,
        ),
    ],
)
def test_the_statement_that_an_association_adds_is_found_and_judged(
    aws: FakeAws, qualifier: str | None, condition: dict[str, object], text: str, as_assumed: AsAssumed
) -> None:
    if qualifier is not None:
        aws.connect.on_associate = lambda _: aws.home.state(qualifier, "connect-1111", condition)
    answer = asked(aws, qualified_arn.QUESTION, automatic_statement.QUESTION)
    assert (answer.text, answer.as_assumed) == (text, as_assumed)
    assert qualifier is None or "Sid connect-1111 with " in answer.evidence


def test_an_association_that_takes_our_statement_away_is_not_as_assumed(aws: FakeAws) -> None:
    aws.connect.on_associate = lambda _: aws.home.policies.clear()
    answer = asked(aws, qualified_arn.QUESTION, automatic_statement.QUESTION)
    assert (answer.text, answer.as_assumed) == ("the alias's own statement was changed", AsAssumed.NO)


def test_a_policy_that_may_not_be_read_is_unknown(aws: FakeAws) -> None:
    aws.refuse(denied("GetPolicy"))
    answer = asked(aws, qualified_arn.QUESTION, automatic_statement.QUESTION)
    assert answer.as_assumed is AsAssumed.UNKNOWN
    assert "the right lambda:GetPolicy is missing" in answer.evidence


@pytest.mark.parametrize(
    ("twice", "text", "as_assumed"),
    [
        ("conflict", "409, a conflict", AsAssumed.YES),
        ("accepted", "200, as the first time", AsAssumed.YES),
        ("doubled", "200, as the first time", AsAssumed.NO),
    ],
)
def test_a_second_association_is_a_conflict_or_nothing_but_never_a_second_entry(
    aws: FakeAws, twice: str, text: str, as_assumed: AsAssumed
) -> None:
    aws.connect.twice = twice
    answer = asked(aws, qualified_arn.QUESTION, associated_twice.QUESTION)
    assert (answer.text, answer.as_assumed) == (text, as_assumed)


def test_a_second_association_refused_for_another_reason_is_not_as_assumed(aws: FakeAws) -> None:
    aws.refuse(
        error("AssociateLambdaFunction", "InvalidRequestException"), lambda _: bool(aws.connect.associated)
    )
    answer = asked(aws, qualified_arn.QUESTION, associated_twice.QUESTION)
    assert (answer.text, answer.as_assumed) == ("refused, but not as a conflict", AsAssumed.NO)


def test_a_disassociation_leaves_our_statement_or_is_not_as_assumed(aws: FakeAws) -> None:
    answer = asked(aws, qualified_arn.QUESTION, disassociated.QUESTION)
    assert (answer.evidence, answer.as_assumed) == ("nothing changed", AsAssumed.YES)
    greedy = FakeAws()
    greedy.connect.on_disassociate = lambda _: greedy.home.policies.clear()
    answer = asked(greedy, qualified_arn.QUESTION, disassociated.QUESTION)
    assert (answer.text, answer.as_assumed) == ("the alias's own statement is gone", AsAssumed.NO)


def test_a_disassociation_that_takes_the_associations_own_statement_is_as_assumed(aws: FakeAws) -> None:
    aws.connect.on_associate = lambda _: aws.home.state("", "connect-1111", EXACT)
    aws.connect.on_disassociate = lambda _: aws.home.policies[""].clear()
    answer = asked(aws, qualified_arn.QUESTION, disassociated.QUESTION)
    assert (answer.evidence, answer.as_assumed) == ("the association's own statement went", AsAssumed.YES)
