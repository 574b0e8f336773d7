"""Who may invoke the alias."""

from dataclasses import replace

import pytest

from patchbay.doctor.checks.permission import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.functions import Kind
from patchbay.live.model import Read, Statement, Unread
from patchbay.simulator.policies import CONNECT, LEX
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons, reported
from tests.doctor.scenes import OTHER, TUTORIAL

STACK = "patchbay-local-functions-us-west-2"
SID = f"{STACK}-TutorialLiveInvokedByAmericas-ABC123"
AMERICAS = "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555"
FIX = "patchbay doctor --env local --fix"


def _with(*statements: Statement, scene: Scene | None = None) -> Scene:
    return scenes.with_statements(scene or scenes.healthy(), TUTORIAL, statements)


def _allowing(**changes: str | None) -> Statement:
    return scenes.allowing(scenes.healthy(), TUTORIAL, **changes)  # type: ignore[arg-type]  # its keywords


def test_a_missing_permission_is_a_failure_and_comes_back_under_the_id_of_its_stack() -> None:
    finding = alone(CHECK, _with())

    assert finding.status is Status.FAIL
    assert finding.place.label == "tutorial in us-west-2 for americas"
    assert finding.sentence == (
        "instance americas may not invoke the alias live, so its calls get AccessDenied: "
        "the alias has no policy"
    )
    assert finding.fix == FIX
    assert finding.mend is not None
    assert finding.mend.action == "add-permission"
    assert finding.mend.arguments == {
        "function": "tutorial",
        "region": "us-west-2",
        "sid": SID,
        "principal": CONNECT,
        "source_account": "000000000000",
        "source_arn": AMERICAS,
    }


def test_a_bots_missing_permission_is_told_apart_from_its_instances() -> None:
    scene = scenes.healthy(scenes.with_bot())
    kept = [each for each in scenes.statements_of(scene, TUTORIAL) if each.principal == CONNECT]

    finding = alone(CHECK, _with(*kept, scene=scene))

    assert finding.sentence.startswith("bot bot_pay_bill of americas may not invoke the alias live")
    assert finding.mend is not None
    assert finding.mend.arguments["principal"] == LEX
    assert finding.mend.arguments["sid"] == f"{STACK}-TutorialLiveFulfilsForAmericas-ABC123"


def test_a_bots_function_needs_no_permission_for_connect() -> None:
    assert reported(scenes.healthy(scenes.with_bot(kind=Kind.LEX))) == {}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        (
            {"account": "444455556666"},
            "asks for account 444455556666, but instance americas is in 00000000000",
        ),
        ({"arn": str(OTHER)}, f"asks for {OTHER}, not {AMERICAS}"),
        ({"principal": LEX}, f"lets in {LEX}, not {CONNECT}"),
    ],
)
def test_a_statement_that_nearly_fits_says_which_part_is_wrong(changes: dict[str, str], wrong: str) -> None:
    finding = alone(CHECK, _with(_allowing(**changes)))

    assert f"AccessDenied: statement by-hand {wrong}" in finding.sentence
    assert finding.mend is not None


def test_a_statement_on_the_function_itself_is_named() -> None:
    bare = _allowing(qualifier="")
    scene = scenes.with_statements(_with(), TUTORIAL, [bare], bare=True)

    finding = alone(CHECK, scene)

    assert finding.sentence.endswith(
        "statement by-hand is for arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial, "
        "not for the alias live"
    )


def test_a_statement_for_an_instance_that_is_there_was_not_meant_for_this_one() -> None:
    theirs = scenes.allowing(scenes.healthy(), TUTORIAL, OTHER)
    scene = scenes.with_source(_with(theirs), OTHER, Read(value=True))

    assert f"no statement names {AMERICAS}" in scenes.only(CHECK, scene).sentence


def test_what_is_wrong_under_the_stacks_own_id_is_removed_by_hand_first() -> None:
    finding = alone(CHECK, _with(_allowing(sid=SID, account="444455556666")))

    assert finding.mend is None
    assert finding.fix == (
        "aws lambda remove-permission --region us-west-2 --function-name patchbay-local-tutorial "
        f"--qualifier live --statement-id {SID}; then: {FIX}"
    )


def test_what_no_stack_made_is_deployed() -> None:
    scene = scenes.healthy()
    template = next(each.template for each in scene.seen.stacks if each.name == STACK)
    assert isinstance(template, Read)
    assert template.value is not None
    kept = {k: v for k, v in template.value["Resources"].items() if "InvokedBy" not in k}
    scene = scenes.with_stack(_with(scene=scene), STACK, template=Read({"Resources": kept}))

    finding = scenes.only(CHECK, scene)

    assert (finding.status, finding.fix, finding.mend) == (Status.FAIL, "patchbay local deploy", None)


def test_while_a_deploy_is_at_work_nothing_is_mended() -> None:
    finding = scenes.only(CHECK, scenes.with_stack(_with(), STACK, status=Read("UPDATE_IN_PROGRESS")))

    assert (finding.status, finding.mend) == (Status.FAIL, None)
    assert finding.fix == f"once no deploy of {STACK} is at work: {FIX}"


def test_a_permission_that_cloudformation_has_no_id_of_yet_is_deployed() -> None:
    scene = _with()
    (stack,) = (each for each in scene.seen.stacks if each.name == STACK)
    assert isinstance(stack.resources, Read)
    resources = {k: replace(v, physical_id="") for k, v in stack.resources.value.items()}

    finding = scenes.only(CHECK, scenes.with_stack(scene, STACK, resources=Read(resources)))

    assert (finding.fix, finding.mend) == ("patchbay local deploy", None)


def test_without_a_look_at_the_stack_nothing_is_mended() -> None:
    denied = Unread("no", "cloudformation:ListStackResources")

    finding = scenes.only(CHECK, scenes.with_stack(_with(), STACK, resources=denied))

    assert finding.mend is None
    assert finding.fix == f"with the right cloudformation:ListStackResources: {FIX}"


def test_who_gets_in_by_a_wider_statement_only_gets_one_of_its_own() -> None:
    finding = scenes.only(CHECK, _with(_allowing(account=None)))

    assert finding.status is Status.WARN
    assert finding.mend is not None


def test_a_wider_statement_under_the_stacks_id_is_a_matter_of_open_statements() -> None:
    assert set(reported(_with(_allowing(sid=SID, account=None)))) == {"open-statements"}


def test_a_policy_that_cannot_be_read_is_skipped_with_the_right() -> None:
    scene = scenes.with_function(scenes.healthy(), TUTORIAL, policy=scenes.DENIED)

    assert scenes.only(CHECK, scene).right == "lambda:GetPolicy"
    assert reasons(CHECK, scene) == [scenes.DENIED.why]
