"""Flows that somebody edited in the flow designer."""

import contextlib
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from patchbay.doctor.model import Status
from tests.e2e.doctor.conftest import Doctor

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient

_NAME = "patchbay-local-tutorial"


class _Designer:
    """The flow tutorial of the instance."""

    def __init__(self, doctor: Doctor) -> None:
        arn = doctor.deployed.instance.arn
        self.connect: ConnectClient = doctor.deployed.aws.client("connect", arn.region, arn.account)
        self.instance_id = arn.instance_id
        listed = self.connect.list_contact_flows(InstanceId=self.instance_id)["ContactFlowSummaryList"]
        self.id = next(flow["Id"] for flow in listed if flow["Name"] == _NAME)

    def content(self) -> str:
        """As published."""
        found = self.connect.describe_contact_flow(InstanceId=self.instance_id, ContactFlowId=self.id)
        return found["ContactFlow"]["Content"]

    def publish(self, content: str) -> None:
        """UpdateContactFlowContent."""
        self.connect.update_contact_flow_content(
            InstanceId=self.instance_id, ContactFlowId=self.id, Content=content
        )

    def set(self, **parameters: Any) -> None:
        """Of its Invoke block."""
        flow = json.loads(self.content())
        block = next(each for each in flow["Actions"] if each["Type"] == "InvokeLambdaFunction")
        block["Parameters"].update(parameters)
        self.publish(json.dumps(flow))


@pytest.fixture
def designer(doctor: Doctor) -> Iterator[_Designer]:
    """Puts the flow back."""
    designer = _Designer(doctor)
    before = designer.content()
    with contextlib.ExitStack() as stack:
        stack.callback(designer.publish, before)
        yield designer


@pytest.mark.parametrize(
    ("qualifier", "status"), [("", Status.FAIL), (":$LATEST", Status.FAIL), (":1", Status.FAIL)]
)
def test_a_block_that_does_not_name_the_alias(
    doctor: Doctor, designer: _Designer, qualifier: str, status: Status
) -> None:
    designer.set(
        LambdaFunctionARN=doctor.deployed.environment.function_arn("tutorial", "us-west-2") + qualifier
    )

    finding = doctor.finds_only("flows-alias")
    assert finding.status is status
    wanted = re.search(r" to (arn:\S+), and publish it", finding.fix)
    assert wanted
    designer.set(LambdaFunctionARN=wanted[1])

    assert doctor.finds() == {}


def test_a_block_that_names_another_environment(doctor: Doctor, designer: _Designer) -> None:
    right = doctor.deployed.environment.alias_arn("tutorial", "us-west-2")
    designer.set(LambdaFunctionARN=right.replace("-local-", "-prod-"))

    finding = doctor.finds_only("flows-alias")
    assert finding.status is Status.WARN
    assert right in finding.fix
    designer.set(LambdaFunctionARN=right)

    assert doctor.finds() == {}


def test_a_block_that_waits_shorter_than_its_function_may_run(doctor: Doctor, designer: _Designer) -> None:
    designer.set(InvocationTimeLimitSeconds="2")

    finding = doctor.finds_only("flows-limits")
    assert finding.status is Status.FAIL
    wanted = re.search(r"a timeout of (\d) s", finding.fix)
    assert wanted
    designer.set(InvocationTimeLimitSeconds=wanted[1])

    assert doctor.finds() == {}


def test_a_flow_that_switches_logging_off(doctor: Doctor, designer: _Designer) -> None:
    before = designer.content()
    designer.publish(before.replace('"Enabled"', '"Disabled"'))

    finding = doctor.finds_only("flow-logging")
    assert finding.place.flow == "tutorial"
    assert "put a block Set logging behavior (Enable) first" in finding.fix
    designer.publish(before)

    assert doctor.finds() == {}


def test_a_flow_that_is_not_under_its_name(doctor: Doctor, designer: _Designer) -> None:
    rename = designer.connect.update_contact_flow_name
    rename(InstanceId=designer.instance_id, ContactFlowId=designer.id, Name="somebody-renamed-it")
    try:
        finding = doctor.finds_only("flows-deployed")
        assert finding.status is Status.FAIL
        assert _NAME in finding.sentence
    finally:
        rename(InstanceId=designer.instance_id, ContactFlowId=designer.id, Name=_NAME)

    assert doctor.finds() == {}
