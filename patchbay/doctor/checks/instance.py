"""Whether the instance is the one that the environment file describes."""

from collections.abc import Iterator

from patchbay.doctor import deployed, proposed
from patchbay.doctor.model import Check, Finding, Place, Scene, failed, passed, skipped, warned
from patchbay.live.model import LiveInstance, Read, Unread
from patchbay.naming import flow_log_group


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.instances:
        yield _instance(scene, live)


def _instance(scene: Scene, live: LiveInstance) -> Finding:
    instance, place = live.instance, Place(instance=live.instance.name)
    file = f"environments/{scene.environment.name}.toml"
    for unread in (deployed.elsewhere(scene, instance.arn.account), live.alias):
        if isinstance(unread, Unread):
            return skipped(place, unread)
    assert isinstance(live.alias, Read)
    alias = live.alias.value
    if alias is None:
        return failed(
            place,
            f"Connect has no instance {instance.arn.instance_id} in {instance.arn.region} in account "
            f"{instance.arn.account}",
            f"correct its arn in {file}; `aws connect list-instances --region {instance.arn.region}` "
            "lists what is there",
        )
    if not alias:
        return skipped(place, Unread("is there, but Connect does not say under which alias"))
    if alias == instance.alias:
        return passed(place, f"is there, as {alias}")
    deploy = proposed.deploy(scene.environment, scene.environment.names.connect_stack(instance.name))
    return warned(
        place,
        f"its alias is {alias}, not {instance.alias}, so its flow log is {flow_log_group(alias)} and what "
        f"reads {flow_log_group(instance.alias)} sees nothing",
        f'write alias = "{alias}" in {file}, then: {deploy}',
    )


CHECK = Check(
    "instance",
    "every instance is there, under the alias in the environment file",
    "The alias names the flow log group: with another one metrics, alarms and patchbay explain see no call.",
    "correct arn or alias in the environment file, and deploy",
    "Amazon Connect API reference, DescribeInstance: "
    "https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeInstance.html",
    _look,
)
