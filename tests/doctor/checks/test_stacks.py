"""Stacks that are missing, or in a bad state."""

from dataclasses import replace

import pytest

from patchbay.doctor.checks import association, flows_alias, flows_deployed, stacks_from_code
from patchbay.doctor.checks.stacks import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read, Unread
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons, reported

_FUNCTIONS = "patchbay-local-functions-us-west-2"
_CONNECT = "patchbay-local-connect-americas"


def _is(status: str | None, stack: str = _FUNCTIONS) -> Scene:
    return scenes.with_stack(scenes.healthy(), stack, status=Read(status))


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"])
def test_a_stack_whose_last_deploy_came_through_is_fine(status: str) -> None:
    assert not scenes.bad(CHECK, _is(status))


@pytest.mark.parametrize("status", ["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"])
def test_a_deploy_at_work_is_a_warning(status: str) -> None:
    finding = alone(CHECK, _is(status))

    assert (finding.status, finding.sentence) == (Status.WARN, f"is {status}: a deploy is at work")


def test_a_deploy_that_was_taken_back_says_what_serves_callers() -> None:
    scene = _is("UPDATE_ROLLBACK_COMPLETE")
    assert isinstance(scene.templates, Read)
    made = {"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}

    finding = alone(CHECK, replace(scene, templates=Read({**scene.templates.value, _FUNCTIONS: made})))

    assert finding.status is Status.WARN
    assert finding.sentence == (
        "is UPDATE_ROLLBACK_COMPLETE: the last deploy failed and was taken back, so the one before it serves "
        "callers"
    )
    assert finding.fix.startswith("aws cloudformation describe-stack-events --region us-west-2 --stack-name")


def test_a_change_that_was_taken_back_in_the_code_too_is_fine() -> None:
    assert reported(_is("UPDATE_ROLLBACK_COMPLETE")) == {}


def test_without_the_code_nobody_knows_that() -> None:
    alone(CHECK, replace(_is("UPDATE_ROLLBACK_COMPLETE"), templates=Unread("not asked for")))


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "CREATE_FAILED", "DELETE_FAILED"])
def test_a_stack_that_no_deploy_can_go_on_from_is_to_be_deleted_first(status: str) -> None:
    finding = scenes.only(CHECK, _is(status))

    assert (finding.status, finding.sentence) == (Status.FAIL, f"is {status}")
    assert f"aws cloudformation delete-stack --region us-west-2 --stack-name {_FUNCTIONS}" in finding.fix


def test_a_rollback_that_failed_is_to_be_continued() -> None:
    finding = alone(CHECK, _is("UPDATE_ROLLBACK_FAILED"))

    assert "continue-update-rollback --region us-west-2" in finding.fix


@pytest.mark.parametrize("status", [None, "DELETE_COMPLETE", "REVIEW_IN_PROGRESS"])
def test_a_connect_stack_that_is_not_there_is_the_only_thing_reported(status: str | None) -> None:
    scene = scenes.with_instance(_is(status, _CONNECT), associations=Read(()), flows=Read(()))

    finding = alone(CHECK, scene)

    assert finding.sentence == "is not in account 000000000000 in us-east-1"
    assert finding.place.label == f"stack {_CONNECT}"
    for check in (association.CHECK, flows_alias.CHECK, flows_deployed.CHECK):
        assert _CONNECT in reasons(check, scene)[0]
    assert len(reasons(stacks_from_code.CHECK, scene)) == 1
