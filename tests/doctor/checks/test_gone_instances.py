"""Statements for instances that the environment does not have."""

import json
from dataclasses import replace

import pytest

from patchbay.arns import Arn
from patchbay.doctor.checks.gone_instances import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read, Statement, Unread
from patchbay.simulator.policies import LEX
from tests.doctor import parts, scenes
from tests.doctor.checks.alone import alone
from tests.doctor.scenes import OTHER, TUTORIAL

REMOVE = (
    "aws lambda remove-permission --region us-west-2 --function-name patchbay-local-tutorial "
    "--qualifier live --statement-id by-hand"
)


def _beside(statement: Statement, there: Read[bool] | Unread | None = None) -> Scene:
    scene = scenes.healthy()
    scene = scenes.with_statements(scene, TUTORIAL, (*scenes.statements_of(scene, TUTORIAL), statement))
    return scenes.with_source(scene, OTHER, there) if there else scene


def _other(**changes: str | None) -> Statement:
    return scenes.allowing(scenes.healthy(), TUTORIAL, OTHER, **changes)  # type: ignore[arg-type]  # keywords


def test_a_statement_for_an_instance_that_is_gone_is_removed_as_it_was_seen() -> None:
    finding = alone(CHECK, _beside(_other(), Read(value=False)))

    assert finding.status is Status.WARN
    assert finding.place.label == "tutorial in us-west-2"
    assert finding.sentence == f"statement by-hand lets in {OTHER}, an instance that is gone"
    assert finding.fix == f"patchbay doctor --env local --fix, or: {REMOVE}"
    assert finding.mend is not None
    assert finding.mend.action == "remove-statement"
    seen = finding.mend.arguments
    assert (seen["qualifier"], seen["sid"]) == ("live", "by-hand")
    assert json.loads(seen["statement"]) == _other().raw


def test_one_that_a_stack_made_goes_with_a_deploy() -> None:
    scene = scenes.healthy()
    sid = parts.sid(scene.environment, "us-west-2", "TutorialLiveInvokedByAmericas")

    finding = alone(CHECK, _beside(_other(sid=sid), Read(value=False)))

    assert (finding.fix, finding.mend) == ("patchbay local deploy", None)


@pytest.mark.parametrize("status", [Read("UPDATE_IN_PROGRESS"), scenes.DENIED])
def test_while_a_deploy_may_be_at_work_nothing_is_mended(status: Read[str | None] | Unread) -> None:
    scene = scenes.with_stack(
        _beside(_other(), Read(value=False)), "patchbay-local-functions-us-west-2", status=status
    )

    assert [each.mend for each in scenes.bad(CHECK, scene)] == [None]


def test_a_statement_without_an_id_cannot_be_removed_by_one() -> None:
    finding = alone(CHECK, _beside(replace(_other(), sid=""), Read(value=False)))

    assert finding.mend is None
    assert (
        finding.fix == "the statement has no Sid: write the policy of patchbay-local-tutorial anew without it"
    )


def test_a_statement_for_more_than_the_alias_is_left_to_people() -> None:
    wide = replace(_other(), resource="arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-*")

    assert alone(CHECK, _beside(wide, Read(value=False))).mend is None


def test_without_a_look_at_every_stack_nothing_is_mended() -> None:
    scene = _beside(_other(), Read(value=False))
    scene = scenes.with_stack(scene, "patchbay-local-connect-americas", resources=scenes.DENIED)

    finding = scenes.only(CHECK, scene)

    assert finding.mend is None
    assert finding.fix.startswith("once the stacks can be read")


def test_an_instance_that_is_there_may_be_somebody_elses() -> None:
    finding = alone(CHECK, _beside(_other(), Read(value=True)))

    assert finding.status is Status.WARN
    assert "an instance that is there, but environments/local.toml does not name it" in finding.sentence
    assert (finding.fix, finding.mend) == (f"write it into environments/local.toml, or: {REMOVE}", None)


def test_of_a_bot_nobody_knows_whether_it_is_there() -> None:
    bot = Arn.parse("arn:aws:lex:us-east-1:000000000000:bot-alias/OTHERBOT00/OTHERALIAS")
    statement = scenes.allowing(scenes.healthy(), TUTORIAL, bot, principal=LEX)

    finding = alone(CHECK, _beside(statement))

    assert f"lets in {bot}, but environments/local.toml does not name it" in finding.sentence
    assert finding.mend is None


def test_an_instance_that_could_not_be_asked_for_is_skipped() -> None:
    finding = scenes.only(CHECK, _beside(_other(), Unread("no", "connect:DescribeInstance")))

    assert (finding.status, finding.right) == (Status.SKIPPED, "connect:DescribeInstance")


def test_a_statement_that_lets_nobody_in_is_removed() -> None:
    useless = scenes.allowing(scenes.healthy(), TUTORIAL, account="444455556666")

    finding = alone(CHECK, _beside(useless))

    assert finding.sentence == (
        "statement by-hand asks for account 444455556666, but instance americas is in 000000000000: "
        "it lets nobody in"
    )
    assert finding.mend is not None


def test_an_instance_of_the_environment_that_does_not_list_the_function_is_named() -> None:
    scene = scenes.healthy()
    (instance,) = scene.environment.instances
    fewer = instance.model_copy(update={"functions": ("customer_lookup", "account_service")})
    environment = scene.environment.model_copy(update={"instances": (fewer,)})
    scene = scenes.with_statements(scene, TUTORIAL, [scenes.allowing(scene, TUTORIAL)])

    finding = next(iter(scenes.bad(CHECK, scenes.in_environment(scene, environment))))

    assert "to which environments/local.toml does not wire it" in finding.sentence
    assert finding.mend is None


def test_other_services_are_no_matter_of_this_check() -> None:
    theirs = _other(principal="events.amazonaws.com")

    assert scenes.bad(CHECK, _beside(theirs)) == []
