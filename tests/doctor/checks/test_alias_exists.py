"""Where the alias leads."""

from patchbay.doctor.checks import permission
from patchbay.doctor.checks.alias_exists import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons
from tests.doctor.scenes import TUTORIAL

STACK = "patchbay-local-functions-us-west-2"


def _without_alias(versions: tuple[str, ...] = ("1", "9", "10")) -> Scene:
    gone = Read[dict[str, object]]({})
    scene = scenes.with_function(scenes.healthy(), TUTORIAL, aliases=gone, versions=Read(versions))
    return scenes.with_function(scene, TUTORIAL, policy=Read(None))


def test_an_alias_that_is_gone_is_a_failure_and_is_made_on_the_newest_version() -> None:
    finding = alone(CHECK, _without_alias())

    assert finding.status is Status.FAIL
    assert finding.place.label == "tutorial in us-west-2"
    assert finding.sentence.startswith("patchbay-local-tutorial has no alias live")
    assert finding.fix == (
        "aws lambda create-alias --region us-west-2 --function-name patchbay-local-tutorial --name live "
        "--function-version 10; then, for its permissions: patchbay doctor --env local --fix"
    )


def test_its_permissions_are_not_reported_too() -> None:
    assert reasons(permission.CHECK, _without_alias()) == ["there is no alias live"]


def test_without_any_version_the_function_has_to_be_deployed_anew() -> None:
    fix = alone(CHECK, _without_alias(versions=())).fix

    assert fix == (
        "take tutorial, and the flows that name it, out of environments/local.toml; "
        "then: patchbay local deploy; then put back what was taken out, and: patchbay local deploy"
    )


def test_a_function_that_is_gone_is_a_failure() -> None:
    scene = scenes.with_function(_without_alias(versions=()), TUTORIAL, configuration=Read(None))

    assert "there is no function patchbay-local-tutorial" in scenes.only(CHECK, scene).sentence


def test_a_version_that_is_gone_is_a_failure_and_every_call_goes_to_one_that_is_there() -> None:
    scene = scenes.with_alias(scenes.healthy(), TUTORIAL, version="4")

    finding = alone(CHECK, scene)

    assert (
        finding.sentence == "live names version 4, which is not there (there is 1): calls that meet it fail"
    )
    assert finding.fix.endswith(
        "--name live --function-version 1 --routing-config AdditionalVersionWeights={}"
    )


def test_a_weight_on_a_version_that_is_gone_is_a_failure() -> None:
    scene = scenes.with_alias(scenes.healthy(), TUTORIAL, weights={"7": 0.1})

    assert "live names version 7" in scenes.only(CHECK, scene).sentence


def test_an_alias_on_latest_is_a_warning() -> None:
    finding = alone(CHECK, scenes.with_alias(scenes.healthy(), TUTORIAL, version="$LATEST"))

    assert finding.status is Status.WARN
    assert finding.sentence == "live leads to $LATEST, which every deploy changes at once"
    assert "--function-version 1 " in finding.fix


def test_a_function_that_waits_for_its_first_deploy_is_skipped() -> None:
    scene = scenes.with_stack(_without_alias(), STACK, template=Read({"Resources": {}}))

    assert set(reasons(CHECK, scene)) == {"the stack does not have it yet: see stacks-from-code"}


def test_where_the_stack_is_not_deployed_nothing_else_is_reported() -> None:
    scene = scenes.with_stack(_without_alias(), STACK, status=Read(None))

    assert set(reasons(CHECK, scene)) == {f"stack {STACK} is not deployed"}


def test_aliases_that_cannot_be_read_are_skipped_with_the_right() -> None:
    finding = scenes.only(CHECK, scenes.with_function(scenes.healthy(), TUTORIAL, aliases=scenes.DENIED))

    assert (finding.status, finding.right) == (Status.SKIPPED, "lambda:GetPolicy")
