"""How the throw-away function comes to be, and what a failure on the way closes."""

import json

import pytest

from patchbay.probe.answers import NotAskedError
from tests.probe.fakes import HOME, INSTANCE, OTHER, FakeAws, bench_on, denied, error


@pytest.fixture
def aws() -> FakeAws:
    return FakeAws()


def test_the_role_may_write_its_own_log_and_nothing_else(aws: FakeAws) -> None:
    bench = bench_on(aws)
    (policy,) = aws.iam.policies.values()
    group = "log-group:/patchbay/probe/patchbay/local:*"
    assert json.loads(policy)["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": [f"arn:aws:logs:{region}:000000000000:{group}" for region in (HOME, OTHER)],
        }
    ]
    assert list(aws.iam.roles) == [bench.site.name]


def test_a_new_role_is_awaited_and_not_for_ever(aws: FakeAws) -> None:
    until = aws.time + 20
    cannot = error("CreateFunction", "InvalidParameterValueException", message="cannot be assumed by Lambda")
    aws.refuse(cannot, lambda _: aws.time < until)
    assert bench_on(aws).home.name in aws.home.functions
    never = FakeAws()
    began = never.time
    never.refuse(cannot)
    with pytest.raises(NotAskedError, match="cannot be assumed by Lambda"):
        _ = bench_on(never).home
    assert never.time - began < 200


def test_a_function_that_never_becomes_active_closes_its_questions(aws: FakeAws) -> None:
    aws.home.state_of_new = "Pending"
    with pytest.raises(NotAskedError, match="was not active after 90 s"):
        _ = bench_on(aws).home


def test_the_alias_gets_the_statement_that_the_kit_gives(aws: FakeAws) -> None:
    (statement,) = bench_on(aws).home.statements("plain")
    assert statement["Condition"] == {
        "ArnLike": {"AWS:SourceArn": INSTANCE},
        "StringEquals": {"AWS:SourceAccount": "000000000000"},
    }


def test_a_version_that_is_not_known_everywhere_yet_is_tried_again(aws: FakeAws) -> None:
    until = aws.time + 10
    aws.refuse(error("CreateAlias", "InternalError", 500), lambda _: aws.time < until)
    assert bench_on(aws).home.weights("split") == {"2": 0.5}


def test_a_function_that_is_still_busy_is_tried_again(aws: FakeAws) -> None:
    until = aws.time + 10
    aws.refuse(error("UpdateFunctionCode", "ResourceConflictException", 409), lambda _: aws.time < until)
    assert bench_on(aws).stable == "1"


def test_what_is_missing_in_the_other_region_closes_only_that(aws: FakeAws) -> None:
    aws.refuse(denied("CreateAlias", "lambda:CreateAlias"), lambda _: bool(aws.lambda_in(OTHER).functions))
    bench = bench_on(aws)
    assert bench.home.name
    with pytest.raises(NotAskedError, match=r"in us-west-2 could not be made: the right lambda:CreateAlias"):
        _ = bench.other


@pytest.mark.parametrize(
    ("operation", "right"),
    [
        ("CreateRole", "iam:CreateRole"),
        ("PutRolePolicy", "iam:PutRolePolicy"),
        ("CreateLogGroup", "logs:CreateLogGroup"),
        ("CreateFunction", "iam:PassRole"),
        ("AddPermission", "lambda:AddPermission"),
    ],
)
def test_a_missing_right_closes_everything_and_is_named(aws: FakeAws, operation: str, right: str) -> None:
    aws.refuse(denied(operation, right))
    bench = bench_on(aws)
    for where in ("home", "other"):
        with pytest.raises(NotAskedError, match=f"the right {right} is missing"):
            getattr(bench, where)
