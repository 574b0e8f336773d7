"""What the flow designer of an instance offers."""

from dataclasses import replace
from typing import TYPE_CHECKING

from patchbay.doctor.model import Status
from tests.e2e.doctor import typed
from tests.e2e.doctor.conftest import Doctor

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient


def _connect(doctor: Doctor) -> "tuple[ConnectClient, str]":
    arn = doctor.deployed.instance.arn
    return doctor.deployed.aws.client("connect", arn.region, arn.account), arn.instance_id


def test_a_function_that_was_disassociated_is_associated_again(doctor: Doctor) -> None:
    connect, instance_id = _connect(doctor)
    arn = doctor.deployed.environment.alias_arn("tutorial", "us-east-1")
    connect.disassociate_lambda_function(InstanceId=instance_id, FunctionArn=arn)

    finding = doctor.finds_only("association")
    assert finding.status is Status.WARN
    assert arn in finding.sentence
    doctor.mends(finding)

    assert doctor.finds() == {}


def test_the_command_of_the_fix_does_the_same(doctor: Doctor) -> None:
    connect, instance_id = _connect(doctor)
    arn = doctor.deployed.environment.alias_arn("tutorial", "us-west-2")
    connect.disassociate_lambda_function(InstanceId=instance_id, FunctionArn=arn)

    typed.aws(doctor.deployed, doctor.finds_only("association").fix.partition("or: ")[2])

    assert doctor.finds() == {}


def test_a_function_without_its_alias_is_left_over(doctor: Doctor) -> None:
    connect, instance_id = _connect(doctor)
    arn = f"{doctor.deployed.environment.function_arn('tutorial', 'us-west-2')}:previous"
    connect.associate_lambda_function(InstanceId=instance_id, FunctionArn=arn)

    typed.aws(doctor.deployed, doctor.finds_only("association-leftovers").fix)

    assert doctor.finds() == {}


def test_a_full_instance_is_seen_before_the_deploy_that_fails(doctor: Doctor) -> None:
    environment = doctor.deployed.environment
    full = doctor.deployed.instance.model_copy(update={"function_quota": 6})
    small = environment.model_copy(update={"instances": (full,)})

    finding = replace(doctor, deployed=replace(doctor.deployed, environment=small)).finds_only(
        "association-quota"
    )

    assert finding.status is Status.FAIL
    assert finding.sentence.startswith("6 of 6 Lambda functions are associated")
    listed = typed.aws(doctor.deployed, finding.fix.partition(";")[0])
    assert len(listed["LambdaFunctions"]) == 6
