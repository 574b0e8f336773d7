"""Whether calls can be explained afterwards."""

from dataclasses import replace

from patchbay.doctor.model import Status
from patchbay.naming import flow_log_group
from tests.e2e.doctor import typed
from tests.e2e.doctor.conftest import Doctor


def test_an_instance_that_writes_no_flow_logs(doctor: Doctor) -> None:
    arn = doctor.deployed.instance.arn
    doctor.deployed.aws.client("connect", arn.region).update_instance_attribute(
        InstanceId=arn.instance_id, AttributeType="CONTACTFLOW_LOGS", Value="false"
    )

    typed.aws(doctor.deployed, doctor.finds_only("flow-logging").fix)

    assert doctor.finds() == {}


def test_a_log_group_that_was_deleted(doctor: Doctor) -> None:
    instance = doctor.deployed.instance
    logs = doctor.deployed.aws.client("logs", instance.arn.region)
    logs.delete_log_group(logGroupName=flow_log_group(instance.alias))

    typed.aws(doctor.deployed, doctor.finds_only("flow-logging").fix)

    assert doctor.finds() == {}


def test_an_instance_under_another_alias(doctor: Doctor) -> None:
    environment = doctor.deployed.environment
    wrong = doctor.deployed.instance.model_copy(update={"alias": "old-name"})
    misled = environment.model_copy(update={"instances": (wrong,)})

    finding = replace(doctor, deployed=replace(doctor.deployed, environment=misled)).finds_only("instance")

    assert finding.status is Status.WARN
    assert finding.fix.startswith(
        f'write alias = "{doctor.deployed.instance.alias}" in environments/local.toml'
    )
    assert doctor.finds() == {}
