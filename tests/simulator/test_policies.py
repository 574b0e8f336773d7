"""Whether a resource policy lets Connect in."""

import pytest

from patchbay.arns import Arn
from patchbay.simulator import policies
from tests.simulator.world import ALIAS, INSTANCE, SOURCE_ACCOUNT, SOURCE_ARN, policy, statement

REQUEST = policies.Request(ALIAS, INSTANCE)
FUNCTION = ALIAS.removesuffix(":live")
OTHER = str(INSTANCE).replace("1111-", "9999-")


def arn(operator: str, value: str) -> dict[str, object]:
    return {"Condition": {**SOURCE_ACCOUNT, operator: {"AWS:SourceArn": value}}}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"Condition": SOURCE_ARN},
        {"Condition": SOURCE_ACCOUNT},
        {"Condition": {}},
        {"Condition": {"StringEquals": {"aws:sourceaccount": [INSTANCE.account, "0"]}}},
        {"Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}},
        {"Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}},
        {"Condition": {"Null": {"aws:PrincipalOrgID": "true"}}},
        {"Condition": {"StringNotEquals": {"AWS:SourceAccount": "000000000000"}}},
        {"Principal": {"Service": ["lex.amazonaws.com", "connect.amazonaws.com"]}},
        {"Principal": "*"},
        {"Principal": {"AWS": "*"}},
        {"Action": ["lambda:GetFunction", "LAMBDA:invokefunction"]},
        {"Action": "lambda:*"},
        {"Resource": FUNCTION + ":*"},
        arn("StringEquals", str(INSTANCE)),
        arn("StringLike", "arn:aws:connect:*"),
        arn("ArnEquals", "arn:aws:connect:us-east-1:111122223333:instance/*"),
        arn("ArnLike", "arn:aws:connect:us-east-?:*:instance/*"),
    ],
)
def test_a_fitting_statement_lets_connect_in(changes: dict[str, object]) -> None:
    assert policies.refusal(policy(statement(**changes)), REQUEST) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"Principal": {"Service": "lexv2.amazonaws.com"}},
        {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}},
        {"Action": "lambda:GetFunction"},
        {"Resource": FUNCTION},
        {"Resource": FUNCTION + ":other"},
        {"Effect": "Deny"},
        {"Condition": {"StringEquals": {"AWS:SourceAccount": "444455556666"}}},
        {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}},
        {"Condition": {"NumericEquals": {"AWS:SourceAccount": INSTANCE.account}}},
        arn("ArnLike", OTHER),
        arn("StringEquals", "arn:aws:connect:*"),
        arn("ArnLike", "arn:aws:connect:*"),
        arn("ArnLike", "arn:aws:connect:us-west-2:111122223333:instance/*"),
        arn("StringNotLike", "arn:aws:connect:*"),
    ],
)
def test_anything_else_keeps_connect_out(changes: dict[str, object]) -> None:
    assert policies.refusal(policy(statement(**changes)), REQUEST) is not None


@pytest.mark.parametrize("document", [None, {}, {"Statement": []}, policy()])
def test_no_policy_keeps_connect_out(document: dict[str, object] | None) -> None:
    assert "has no resource policy" in (policies.refusal(document, REQUEST) or "")


def test_a_deny_wins_over_an_allow() -> None:
    document = policy(statement(), statement(Sid="stop", Effect="Deny", Condition={}))

    assert "'stop' denies" in (policies.refusal(document, REQUEST) or "")


def test_a_deny_for_somebody_else_does_not_count() -> None:
    document = policy(statement(), statement(Effect="Deny", **arn("ArnLike", OTHER)))

    assert policies.refusal(document, REQUEST) is None


def test_the_refusal_names_the_statement_to_look_at() -> None:
    refused = policies.refusal(policy(statement(**arn("ArnLike", OTHER))), REQUEST) or ""
    unqualified = policies.refusal(policy(statement(Resource=FUNCTION)), REQUEST) or ""

    assert "conditions of statement 'connect' do not fit" in refused
    assert str(INSTANCE) in refused
    assert "resource of statement 'connect' do not fit" in unqualified


def test_a_single_statement_needs_no_list() -> None:
    assert policies.refusal({"Statement": statement()}, REQUEST) is None


BOT = Arn.parse("arn:aws:lex:us-east-1:111122223333:bot-alias/BOT1234567/ALIAS12345")
FROM_LEX = policies.Request(ALIAS, BOT, policies.LEX)


def lex(**conditions: object) -> dict[str, object]:
    """A statement for Lex."""
    return statement(Principal={"Service": "lexv2.amazonaws.com"}, Condition=conditions)


def test_lex_needs_a_statement_of_its_own_that_fits_the_bot_alias() -> None:
    fitting = lex(StringEquals={"AWS:SourceAccount": BOT.account}, ArnLike={"AWS:SourceArn": str(BOT)})

    assert policies.refusal(policy(statement(), fitting), FROM_LEX) is None
    assert "it has no statement for Lex" in (policies.refusal(policy(statement()), FROM_LEX) or "")
    assert "lexv2.amazonaws.com" in (policies.refusal(policy(statement()), FROM_LEX) or "")


def test_a_statement_for_another_bot_alias_does_not_let_lex_in() -> None:
    other = lex(ArnLike={"AWS:SourceArn": str(BOT).replace("ALIAS12345", "OTHER12345")})

    assert "the conditions of statement 'connect' do not fit" in (
        policies.refusal(policy(other), FROM_LEX) or ""
    )
