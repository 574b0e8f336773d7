"""Instances that are not those of the environment file."""

from patchbay.doctor.checks.instance import CHECK
from patchbay.doctor.model import Status
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks.alone import alone


def test_an_alias_that_connect_does_not_say_is_not_called_wrong() -> None:
    finding = scenes.only(CHECK, scenes.with_instance(scenes.healthy(), alias=Read("")))

    assert finding.status is Status.SKIPPED


def test_an_instance_that_is_not_there_is_the_only_thing_reported() -> None:
    scene = scenes.with_instance(
        scenes.healthy(),
        alias=Read(None),
        associations=Read(()),
        flows=Read(()),
        logs_flows=Read(value=False),
        log_group=Read(value=False),
    )

    finding = alone(CHECK, scene)

    assert finding.status is Status.FAIL
    assert finding.sentence == (
        "Connect has no instance 11111111-2222-3333-4444-555555555555 in us-east-1 in account 000000000000"
    )


def test_another_alias_means_another_flow_log() -> None:
    scene = scenes.with_instance(scenes.healthy(), alias=Read("renamed"), log_group=Read(value=False))

    finding = alone(CHECK, scene)

    assert finding.status is Status.WARN
    assert finding.sentence == (
        "its alias is renamed, not patchbay-local, so its flow log is /aws/connect/renamed and what reads "
        "/aws/connect/patchbay-local sees nothing"
    )
    assert finding.fix == 'write alias = "renamed" in environments/local.toml, then: patchbay local deploy'
