"""Statements that let in more than one source."""

import pytest

from patchbay.doctor.checks.open_statements import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Statement
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reported
from tests.doctor.scenes import TUTORIAL

SID = "patchbay-local-functions-us-west-2-TutorialLiveInvokedByAmericas-ABC123"
REMOVE = (
    "aws lambda remove-permission --region us-west-2 --function-name patchbay-local-tutorial "
    "--qualifier live --statement-id"
)


def _allowing(**changes: str | None) -> Statement:
    return scenes.allowing(scenes.healthy(), TUTORIAL, **changes)  # type: ignore[arg-type]  # its keywords


def _beside(statement: Statement) -> Scene:
    scene = scenes.healthy()
    return scenes.with_statements(scene, TUTORIAL, (*scenes.statements_of(scene, TUTORIAL), statement))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"account": None}, "of any account: it names no SourceAccount"),
        ({"account": None, "arn": None}, "of any account: it names no SourceAccount"),
        ({"arn": None}, "of account 000000000000: it names no SourceArn"),
        ({"arn": "arn:aws:connect:*:000000000000:*"}, "its SourceArn is arn:aws:connect:*:000000000000:*"),
        ({"account": "0000*"}, "by a pattern: its SourceAccount is 0000*"),
        ({"principal": "events.amazonaws.com", "account": None}, "whatever events.amazonaws.com calls for"),
        ({"principal": "*"}, "lets in anybody of account 000000000000: its principal is *"),
    ],
)
def test_an_open_statement_is_a_warning(changes: dict[str, str | None], words: str) -> None:
    finding = alone(CHECK, _beside(_allowing(**changes)))

    assert finding.status is Status.WARN
    assert words in finding.sentence
    assert finding.fix == f"{REMOVE} by-hand"


def test_one_for_everybody_with_an_account_is_a_failure() -> None:
    finding = alone(CHECK, _beside(_allowing(principal="*", account=None, arn=None)))

    assert finding.status is Status.FAIL
    assert "lets in anybody of any account" in finding.sentence


def test_an_account_as_principal_says_who_it_is() -> None:
    assert reported(_beside(_allowing(principal="444455556666", account=None, arn=None))) == {}


def test_one_on_the_function_itself_counts_too() -> None:
    wide = _allowing(qualifier="", account=None)
    scene = scenes.with_statements(scenes.healthy(), TUTORIAL, [wide], bare=True)

    assert alone(CHECK, scene).fix.endswith("--function-name patchbay-local-tutorial --statement-id by-hand")


def test_who_gets_in_by_it_alone_is_let_in_first() -> None:
    scene = scenes.with_statements(scenes.healthy(), TUTORIAL, [_allowing(account=None)])

    fix = scenes.only(CHECK, scene).fix

    assert fix == f"patchbay doctor --env local --fix; then: {REMOVE} by-hand"


def test_under_the_stacks_own_id_it_has_to_go_first() -> None:
    scene = scenes.with_statements(scenes.healthy(), TUTORIAL, [_allowing(sid=SID, account=None)])

    fix = alone(CHECK, scene).fix

    assert fix == (
        f"{REMOVE} {SID}; then at once, because calls are refused until then: "
        "patchbay doctor --env local --fix"
    )
