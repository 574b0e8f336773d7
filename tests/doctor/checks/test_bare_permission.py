"""Permissions that lead past the alias."""

from dataclasses import replace

from patchbay.arns import Arn
from patchbay.doctor.checks.bare_permission import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import LiveFlow, Read, Unread
from tests.doctor import scenes
from tests.doctor.checks.alone import alone
from tests.doctor.scenes import OTHER, TUTORIAL

FUNCTION = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial"
REMOVE = (
    "aws lambda remove-permission --region us-west-2 --function-name patchbay-local-tutorial "
    "--statement-id by-hand"
)


def _bare(source: Arn | None = None) -> Scene:
    scene = scenes.healthy()
    statement = scenes.allowing(scene, TUTORIAL, source, qualifier="")
    return scenes.with_statements(scene, TUTORIAL, [statement], bare=True)


def _with_flow(scene: Scene, content: str) -> Scene:
    (live,) = scene.seen.instances
    assert isinstance(live.flows, Read)
    theirs = LiveFlow("by-hand", "arn:by-hand", "by-hand", content)
    return scenes.with_instance(scene, flows=Read((*live.flows.value, theirs)))


def test_a_permission_on_the_function_is_a_warning_and_a_person_removes_it() -> None:
    finding = alone(CHECK, _bare())

    assert finding.status is Status.WARN
    assert "invoke the function itself, so $LATEST, which every deploy changes at once" in finding.sentence
    assert finding.fix == f"once no module and no contact attribute names it (no flow does): {REMOVE}"
    assert finding.mend is None


def test_where_a_flow_names_the_function_without_its_alias_nothing_is_mended() -> None:
    scene = _with_flow(_bare(), f'{{"LambdaFunctionARN": "{FUNCTION}"}}')

    finding = scenes.only(CHECK, scene)

    assert finding.mend is None
    assert finding.fix == f"write {FUNCTION}:live into the flow by-hand first; then: {REMOVE}"


def test_flows_that_were_not_read_may_name_it() -> None:
    for unseen in ({"flows_left_out": 3}, {"flows": Unread("no")}):
        finding = scenes.only(CHECK, scenes.with_instance(_bare(), **unseen))

        assert finding.mend is None
        assert "patchbay doctor --env local --all-flows" in finding.fix


def test_one_for_an_instance_that_is_gone_is_removed_whatever_flows_name() -> None:
    scene = scenes.with_source(_bare(OTHER), OTHER, Read(value=False))

    finding = alone(CHECK, scenes.with_instance(scene, flows_left_out=3))
    assert finding.mend is not None
    assert finding.mend.arguments["qualifier"] == ""
    assert finding.fix == f"patchbay doctor --env local --fix, or: {REMOVE}"


def test_one_for_somebody_elses_instance_is_left_to_people() -> None:
    finding = alone(CHECK, scenes.with_source(_bare(OTHER), OTHER, Read(value=True)))

    assert finding.mend is None
    assert finding.fix == f"once no flow there names it: {REMOVE}"


def test_an_open_statement_is_reported_by_its_own_check_alone() -> None:
    scene = scenes.healthy()
    wide = scenes.allowing(scene, TUTORIAL, qualifier="", account=None)

    assert scenes.bad(CHECK, scenes.with_statements(scene, TUTORIAL, [wide], bare=True)) == []


def test_a_policy_that_cannot_be_read_is_skipped() -> None:
    scene = scenes.with_function(scenes.healthy(), TUTORIAL, bare_policy=scenes.DENIED)

    assert replace(scenes.only(CHECK, scene), right=None).status is Status.SKIPPED
