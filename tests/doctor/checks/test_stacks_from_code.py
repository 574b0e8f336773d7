"""Stacks that another code made."""

import copy
from dataclasses import replace
from typing import Any

from patchbay.doctor.checks.stacks_from_code import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read, Unread
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons

_STACK = "patchbay-local-connect-americas"
_PATH = {"aws:cdk:path": f"{_STACK}/Instance1/Tutorial/Resource"}


def _queue(seconds: int) -> dict[str, Any]:
    return {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": seconds}, "Metadata": dict(_PATH)}


def _scene(made: dict[str, Any], deployed: dict[str, Any]) -> Scene:
    """With two templates of the Connect stack."""
    scene = scenes.with_stack(scenes.healthy(), _STACK, template=Read(deployed))
    assert isinstance(scene.templates, Read)
    return replace(scene, templates=Read({**scene.templates.value, _STACK: made}))


def test_a_resource_that_differs_is_named_by_its_path_and_type() -> None:
    scene = _scene({"Resources": {"Q1": _queue(5)}}, {"Resources": {"Q1": _queue(3)}})

    finding = alone(CHECK, scene)

    assert finding.status is Status.WARN
    assert finding.sentence == "is not what this code makes: Instance1/Tutorial (AWS::SQS::Queue) differs"
    assert finding.fix == f"npx cdk diff -c env=local {_STACK}; then: patchbay local deploy"


def test_resources_on_one_side_only_are_told_apart() -> None:
    scene = _scene({"Resources": {"New": _queue(5)}}, {"Resources": {"Old": {"Type": "AWS::SNS::Topic"}}})

    sentence = alone(CHECK, scene).sentence

    assert "Instance1/Tutorial (AWS::SQS::Queue) is not deployed yet" in sentence
    assert "Old (AWS::SNS::Topic) is deployed, but not in the code" in sentence


def test_what_differs_comes_first_and_what_has_another_id_in_its_place_is_replaced() -> None:
    made = {
        "A": {"Type": "AWS::SNS::Topic"},
        "V1": _queue(5),
        "Z": {"Type": "AWS::S3::Bucket", "Properties": {}},
    }
    deployed = {"V2": _queue(3), "Z": {"Type": "AWS::S3::Bucket"}}

    sentence = alone(CHECK, _scene({"Resources": made}, {"Resources": deployed})).sentence

    assert sentence.partition(": ")[2] == (
        "Z (AWS::S3::Bucket) differs, Instance1/Tutorial (AWS::SQS::Queue) is replaced, "
        "A (AWS::SNS::Topic) is not deployed yet"
    )


def test_no_more_than_three_are_named() -> None:
    made = {f"Q{number}": {"Type": "AWS::SQS::Queue"} for number in range(5)}

    sentence = alone(CHECK, _scene({"Resources": made}, {"Resources": {}})).sentence

    assert "Q2" in sentence
    assert "Q3" not in sentence
    assert sentence.endswith("and 2 more")


def test_another_section_that_differs_counts() -> None:
    scene = _scene({"Resources": {}, "Outputs": {"A": {"Value": "x"}}}, {"Resources": {}})

    assert alone(CHECK, scene).sentence.endswith("the section Outputs differs")


def test_what_the_cdk_keeps_for_itself_does_not_count() -> None:
    queue = _queue(3)
    other = copy.deepcopy(queue)
    other["Metadata"] = {"aws:cdk:path": "elsewhere", "aws:asset:path": "/a/b"}
    cli = {
        "Resources": {
            "Q1": other,
            "CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2"}},
        },
        "Conditions": {"CDKMetadataAvailable": {"Fn::Or": []}},
        "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>"}},
        "Rules": {"CheckBootstrapVersion": {"Assertions": []}},
    }

    assert not scenes.bad(CHECK, _scene({"Resources": {"Q1": queue}}, cli))


def test_metadata_of_others_counts() -> None:
    queue = {**_queue(3), "Metadata": {"cfn-lint": {"config": {}}}}

    assert scenes.bad(CHECK, _scene({"Resources": {"Q1": _queue(3)}}, {"Resources": {"Q1": queue}}))


def test_code_that_does_not_synthesize_is_skipped_with_its_complaint() -> None:
    scene = replace(scenes.healthy(), templates=Unread("cdk synth failed for environment local: no"))

    assert reasons(CHECK, scene) == ["cdk synth failed for environment local: no"]


def test_a_stack_that_was_taken_back_is_the_other_checks_to_report() -> None:
    scene = _scene({"Resources": {"Q1": _queue(5)}}, {"Resources": {"Q1": _queue(3)}})
    scene = scenes.with_stack(scene, _STACK, status=Read("UPDATE_ROLLBACK_COMPLETE"))

    assert reasons(CHECK, scene) == ["the stack is UPDATE_ROLLBACK_COMPLETE"]
