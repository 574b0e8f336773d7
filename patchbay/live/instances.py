"""What Amazon Connect tells of one instance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from patchbay.config import Environment, Instance
from patchbay.live.desk import Desk
from patchbay.live.model import LiveFlow, LiveInstance, Read, Unread
from patchbay.naming import flow_log_group
from patchbay.refusals import Refusal

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient
    from mypy_boto3_connect.type_defs import ContactFlowSummaryTypeDef
    from mypy_boto3_logs import CloudWatchLogsClient

_NOT_PUBLISHED = ("ContactFlowNotPublishedException", "ResourceNotFoundException")
News = Callable[[str], None]


def read(
    environment: Environment, desk: Desk, instance: Instance, *, other_flows: bool, news: News
) -> LiveInstance:
    """Five requests, one for each flow, and more for further pages."""
    own = frozenset(environment.names.flow(flow) for flow in instance.flows)
    door = desk.connect(instance.arn.region, instance.arn.account)
    logs = desk.logs(instance.arn.region, instance.arn.account)
    instance_id = instance.arn.instance_id
    flows = door.ask_for(_Flows(instance, own, other_flows, news).read, ((), 0))
    return LiveInstance(
        instance=instance,
        alias=alias(desk, instance),
        associations=door.ask_for(lambda client: _associations(client, instance_id), ()),
        flows=flows if isinstance(flows, Unread) else Read(flows.value[0]),
        flows_left_out=0 if isinstance(flows, Unread) else flows.value[1],
        logs_flows=door.ask_for(lambda client: _logs_flows(client, instance_id), False),
        log_group=logs.ask_for(lambda client: _has_group(client, flow_log_group(instance.alias)), False),
    )


def alias(desk: Desk, instance: Instance) -> Read[str | None] | Unread:
    """DescribeInstance; an instance need not have one."""
    door = desk.connect(instance.arn.region, instance.arn.account)
    return door.ask_for(
        lambda client: client.describe_instance(InstanceId=instance.arn.instance_id)["Instance"].get(
            "InstanceAlias", ""
        ),
        None,
    )


def _associations(client: "ConnectClient", instance_id: str) -> tuple[str, ...]:
    pages = client.get_paginator("list_lambda_functions").paginate(InstanceId=instance_id)
    return tuple(arn for page in pages for arn in page["LambdaFunctions"])


def _logs_flows(client: "ConnectClient", instance_id: str) -> bool:
    answer = client.describe_instance_attribute(InstanceId=instance_id, AttributeType="CONTACTFLOW_LOGS")
    return answer["Attribute"].get("Value", "").lower() == "true"


def _has_group(client: "CloudWatchLogsClient", name: str) -> bool:
    pages = client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=name)
    return any(group["logGroupName"] == name for page in pages for group in page["logGroups"])


@dataclass(frozen=True)
class _Flows:
    """The published flows of an instance."""

    instance: Instance
    own: frozenset[str]
    others_too: bool
    news: News

    def read(self, client: "ConnectClient") -> tuple[tuple[LiveFlow, ...], int]:
        """In the order in which Connect lists them, and how many are left out."""
        listed = [one for one in self._listed(client) if _takes_calls(one)]
        wanted = [one for one in listed if self.others_too or one["Name"] in self.own]
        return tuple(self._described(client, wanted)), len(listed) - len(wanted)

    def _listed(self, client: "ConnectClient") -> Iterator["ContactFlowSummaryTypeDef"]:
        pages = client.get_paginator("list_contact_flows").paginate(InstanceId=self.instance.arn.instance_id)
        for page in pages:
            yield from page["ContactFlowSummaryList"]

    def _described(
        self, client: "ConnectClient", wanted: list["ContactFlowSummaryTypeDef"]
    ) -> Iterator[LiveFlow]:
        for count, one in enumerate(wanted, 1):
            self.news(f"flow {count} of {len(wanted)} of {self.instance.name}")
            try:
                found = client.describe_contact_flow(
                    InstanceId=self.instance.arn.instance_id, ContactFlowId=one["Id"]
                )["ContactFlow"]
            except ClientError as error:
                if Refusal.of(error).code not in _NOT_PUBLISHED:
                    raise
            else:
                yield LiveFlow(found["Id"], found["Arn"], found["Name"], found["Content"], found.get("Type"))


def _takes_calls(summary: "ContactFlowSummaryTypeDef") -> bool:
    """A draft or an archived one takes none; the embedded AWS has neither."""
    return summary.get("ContactFlowStatus") != "SAVED" and summary.get("ContactFlowState") != "ARCHIVED"
