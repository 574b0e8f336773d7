"""Functions that the flow designer does not offer."""

from dataclasses import replace

from patchbay.doctor.checks import stacks_from_code
from patchbay.doctor.checks.association import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read, Unread
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons

_STACK = "patchbay-local-connect-americas"


def _without(region: str) -> tuple[Scene, str]:
    """The tutorial's alias of that Region is not listed; and its ARN."""
    scene = scenes.healthy()
    arn = scene.environment.alias_arn("tutorial", region)
    (live,) = scene.seen.instances
    assert isinstance(live.associations, Read)
    listed = tuple(each for each in live.associations.value if each != arn)
    return scenes.with_instance(scene, associations=Read(listed)), arn


def test_a_missing_association_is_a_warning_that_fix_mends() -> None:
    scene, arn = _without("us-east-1")

    finding = alone(CHECK, scene)

    assert finding.status is Status.WARN
    assert finding.place.label == "tutorial in us-east-1 for americas"
    assert finding.sentence == (
        f"{arn} is not in the flow designer's list; flows that name it still work, because the policy of the "
        "alias decides"
    )
    assert finding.fix.startswith(
        "patchbay doctor --env local --fix, or: aws connect associate-lambda-function"
    )
    assert finding.mend is not None
    assert finding.mend.action == "associate"
    assert finding.mend.arguments == {"instance": "americas", "arn": arn}


def test_of_another_region_it_says_that_connect_may_refuse() -> None:
    scene, _ = _without("us-west-2")

    assert (
        "of another Region or account than the instance, which Connect may refuse"
        in alone(CHECK, scene).sentence
    )


def test_what_is_not_deployed_yet_is_reported_as_a_stack_that_differs() -> None:
    scene, arn = _without("us-east-1")
    properties = {"InstanceArn": str(scene.environment.instances[0].arn), "FunctionArns": []}
    deployed = {"Resources": {"A": {"Type": "Custom::LambdaAssociations", "Properties": properties}}}
    made = {
        "Resources": {
            "A": {**deployed["Resources"]["A"], "Properties": {**properties, "FunctionArns": [arn]}}
        }
    }
    assert isinstance(scene.templates, Read)
    scene = replace(scene, templates=Read({**scene.templates.value, _STACK: made}))
    all_but_one = scene.environment.associated_arns(scene.environment.instances[0])
    properties["FunctionArns"] = [each for each in all_but_one if each != arn]

    scene = scenes.with_stack(scene, _STACK, template=Read(deployed))

    alone(stacks_from_code.CHECK, scene)
    assert reasons(CHECK, scene) == ["the stack does not have it yet: see stacks-from-code"]


def test_a_list_that_cannot_be_read_names_the_right() -> None:
    denied = Unread("no", "connect:ListLambdaFunctions")

    finding = scenes.only(CHECK, scenes.with_instance(scenes.healthy(), associations=denied))

    assert (finding.status, finding.right) == (Status.SKIPPED, "connect:ListLambdaFunctions")
