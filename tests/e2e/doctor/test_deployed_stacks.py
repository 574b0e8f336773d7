"""Stacks that other code made, or that a failed deploy left; credentials that lead elsewhere."""

import copy
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from patchbay.aws import Aws
from patchbay.doctor.model import Status
from tests.e2e.doctor import typed
from tests.e2e.doctor.conftest import Doctor

_CONNECT = "patchbay-local-connect-americas"


def _deploy(doctor: Doctor, template: Mapping[str, Any], *, until: str) -> None:
    """UpdateStack, as the CDK CLI does it: by way of the bucket, which templates of this size need."""
    body = json.dumps(template)
    bucket, key = "cdk-hnb659fds-assets-000000000000-us-east-1", hashlib.sha256(body.encode()).hexdigest()
    doctor.deployed.aws.client("s3", "us-east-1").put_object(Bucket=bucket, Key=key, Body=body)
    cloudformation = doctor.deployed.aws.client("cloudformation", "us-east-1")
    cloudformation.update_stack(
        StackName=_CONNECT,
        TemplateURL=f"https://s3.us-east-1.amazonaws.com/{bucket}/{key}",
        Capabilities=["CAPABILITY_IAM"],
    )
    for _ in range(120):
        status = cloudformation.describe_stacks(StackName=_CONNECT)["Stacks"][0]["StackStatus"]
        if status == until:
            return
        time.sleep(0.25)
    raise AssertionError(f"the stack is {status}, not {until}")


def _changed(doctor: Doctor, **properties: str) -> dict[str, Any]:
    """The code's template of the Connect stack with another flow."""
    template: dict[str, Any] = copy.deepcopy(dict(doctor.templates[_CONNECT]))
    flows = [each for each in template["Resources"].values() if each["Type"] == "AWS::Connect::ContactFlow"]
    flows[0]["Properties"].update(properties)
    return template


def test_a_stack_that_other_code_made(doctor: Doctor) -> None:
    ours, theirs = doctor.templates[_CONNECT], _changed(doctor, Description="theirs")
    _deploy(doctor, theirs, until="UPDATE_COMPLETE")
    try:
        finding = doctor.finds_only("stacks-from-code")
        assert finding.status is Status.WARN
        assert finding.sentence.endswith("(AWS::Connect::ContactFlow) differs")
        assert finding.fix.endswith("patchbay local deploy")
    finally:
        _deploy(doctor, ours, until="UPDATE_COMPLETE")

    assert doctor.finds() == {}


def test_a_deploy_that_was_taken_back(doctor: Doctor) -> None:
    ours, wrong = doctor.templates[_CONNECT], _changed(doctor, Content="no flow")
    _deploy(doctor, wrong, until="UPDATE_ROLLBACK_COMPLETE")

    finding = replace(doctor, templates={**doctor.templates, _CONNECT: wrong}).finds_only("stacks")
    assert finding.status is Status.WARN
    assert finding.sentence.startswith("is UPDATE_ROLLBACK_COMPLETE: the last deploy failed")
    events = typed.aws(doctor.deployed, finding.fix.partition(";")[0])["StackEvents"]
    assert any(event["ResourceStatus"] == "UPDATE_FAILED" for event in events)

    assert doctor.finds() == {}, "the change that failed is out of the code again"
    right = _changed(doctor, Description="right")
    _deploy(doctor, right, until="UPDATE_COMPLETE")
    assert replace(doctor, templates={**doctor.templates, _CONNECT: right}).finds() == {}
    _deploy(doctor, ours, until="UPDATE_COMPLETE")


def test_credentials_of_another_account(doctor: Doctor) -> None:
    environment, url = doctor.deployed.environment, doctor.deployed.local.url
    lost = Aws(environment, url)
    with pytest.MonkeyPatch.context() as patch:
        right = lost._local
        patch.setattr(lost, "_local", lambda _: right("999999999999"))
        found = replace(doctor, deployed=replace(doctor.deployed, aws=lost)).finds()

    assert list(found) == ["credentials"]
    assert {finding.place.region for finding in found["credentials"]} == set(environment.regions)
    assert doctor.finds() == {}
