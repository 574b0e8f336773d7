"""Resource policies, taken apart."""

import json
from typing import Any

import pytest

from patchbay.arns import Arn
from patchbay.live import policies
from patchbay.simulator.policies import Request, refusal

ACCOUNT = "111122223333"
INSTANCE = f"arn:aws:connect:eu-west-2:{ACCOUNT}:instance/33333333-4444-5555-6666-777777777777"
OTHER = INSTANCE.replace("33333333", "99999999")
ALIAS = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:tutorial:live"


def statement(condition: Any = None, **different: Any) -> dict[str, Any]:
    """As AddPermission writes it for an instance."""
    both = {"StringEquals": {"AWS:SourceAccount": ACCOUNT}, "ArnLike": {"AWS:SourceArn": INSTANCE}}
    return {
        "Sid": "by-connect",
        "Effect": "Allow",
        "Principal": {"Service": "connect.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": ALIAS,
        "Condition": both if condition is None else condition,
        **different,
    }


def test_what_addpermission_writes_is_exact() -> None:
    parsed = policies.statement(statement())
    assert parsed.exact
    assert (parsed.sid, parsed.principal, parsed.resource) == ("by-connect", "connect.amazonaws.com", ALIAS)
    assert (parsed.source_account, parsed.source_arn) == (ACCOUNT, INSTANCE)
    assert parsed.actions == ("lambda:InvokeFunction",)


EXACT = [
    {"StringEquals": {"aws:sourceaccount": ACCOUNT, "aws:SourceArn": INSTANCE}},
    {"StringEquals": {"AWS:SourceAccount": [ACCOUNT]}, "ArnEquals": {"AWS:SourceArn": [INSTANCE]}},
    {"StringLike": {"AWS:SourceAccount": ACCOUNT, "AWS:SourceArn": INSTANCE}},
]
INEXACT = {
    "nothing": {},
    "no account": {"ArnLike": {"AWS:SourceArn": INSTANCE}},
    "no ARN": {"StringEquals": {"AWS:SourceAccount": ACCOUNT}},
    "a wildcard in the ARN": {
        "StringEquals": {"AWS:SourceAccount": ACCOUNT},
        "ArnLike": {"AWS:SourceArn": f"arn:aws:connect:*:{ACCOUNT}:instance/*"},
    },
    "a wildcard in the account": {"StringLike": {"AWS:SourceAccount": "1111*", "AWS:SourceArn": INSTANCE}},
    "two ARNs": {
        "StringEquals": {"AWS:SourceAccount": ACCOUNT},
        "ArnLike": {"AWS:SourceArn": [INSTANCE, OTHER]},
    },
    "if it exists": {
        "StringEqualsIfExists": {"AWS:SourceAccount": ACCOUNT},
        "ArnLike": {"AWS:SourceArn": INSTANCE},
    },
    "another condition": {
        "StringEquals": {"AWS:SourceAccount": ACCOUNT, "aws:PrincipalOrgID": "o-1"},
        "ArnLike": {"AWS:SourceArn": INSTANCE},
    },
    "an exception": {
        "StringEquals": {"AWS:SourceAccount": ACCOUNT},
        "ArnLike": {"AWS:SourceArn": INSTANCE},
        "ArnNotLike": {"AWS:SourceArn": OTHER},
    },
}


@pytest.mark.parametrize("condition", EXACT)
def test_every_operator_that_asks_for_one_value_is_exact(condition: dict[str, Any]) -> None:
    parsed = policies.statement(statement(condition))
    assert parsed.exact
    assert (parsed.source_account, parsed.source_arn) == (ACCOUNT, INSTANCE)


@pytest.mark.parametrize("condition", INEXACT.values(), ids=INEXACT)
def test_anything_else_is_not_exact(condition: dict[str, Any]) -> None:
    assert not policies.statement(statement(condition)).exact


def test_two_values_are_no_single_source() -> None:
    assert policies.statement(statement(INEXACT["two ARNs"])).source_arn is None


@pytest.mark.parametrize("condition", EXACT)
def test_the_simulator_lets_exactly_the_source_of_an_exact_statement_through(
    condition: dict[str, Any],
) -> None:
    policy = {"Statement": [statement(condition)]}
    assert refusal(policy, Request(ALIAS, Arn.parse(INSTANCE))) is None
    assert refusal(policy, Request(ALIAS, Arn.parse(OTHER))) is not None
    foreign = Arn.parse(INSTANCE.replace(ACCOUNT, "444455556666"))
    assert refusal(policy, Request(ALIAS, foreign)) is not None


def test_a_deny_is_not_exact() -> None:
    assert not policies.statement(statement(Effect="Deny")).exact


@pytest.mark.parametrize(
    ("principal", "told"),
    [
        ("*", "*"),
        ({"AWS": "*"}, "*"),
        ({"AWS": "arn:aws:iam::444455556666:root"}, "arn:aws:iam::444455556666:root"),
        ({"AWS": ["444455556666", "777788889999"]}, "444455556666, 777788889999"),
        ({"Service": "lexv2.amazonaws.com"}, "lexv2.amazonaws.com"),
        (None, ""),
    ],
)
def test_a_principal_is_told_as_it_is_written(principal: Any, told: str) -> None:
    assert policies.statement(statement(Principal=principal)).principal == told


def test_the_size_of_a_policy_is_that_of_what_lambda_returns() -> None:
    text = json.dumps({"Statement": [statement(Sid="é")]}, ensure_ascii=False)
    policy = policies.parse(text, "revision")
    assert policy is not None
    assert (policy.bytes, policy.revision) == (len(text.encode()), "revision")


def test_a_single_statement_need_not_be_in_a_list() -> None:
    policy = policies.parse(json.dumps({"Statement": statement()}), "")
    assert policy is not None
    assert len(policy.statements) == 1


def test_what_does_not_belong_is_left_out_of_statements_and_size() -> None:
    ours, foreign = statement(Resource="a"), statement(Resource="b")
    both, alone = ({"Statement": one} for one in ([ours, foreign], [ours]))
    policy = policies.parse(json.dumps(both), "", lambda resource: resource == "a")
    assert policy is not None
    assert [one.resource for one in policy.statements] == ["a"]
    assert policy.bytes == len(json.dumps(alone, separators=(",", ":")))


def test_a_policy_of_which_nothing_belongs_is_none() -> None:
    assert policies.parse(json.dumps({"Statement": [statement()]}), "", lambda _: False) is None
