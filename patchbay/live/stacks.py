"""What CloudFormation tells of one stack."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from patchbay.config import Environment
from patchbay.live.desk import Desk
from patchbay.live.door import no_stack
from patchbay.live.model import LiveStack, Read, StackResource, Unread

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

Place = tuple[str, str, str]
"""Stack, Region, account."""


def places(environment: Environment) -> Iterator[Place]:
    """Every stack of the environment: functions stacks, then Connect stacks."""
    for region in environment.regions:
        yield environment.names.functions_stack(region), region, environment.account
    for instance in environment.instances:
        yield environment.names.connect_stack(instance.name), instance.arn.region, instance.arn.account


def read(desk: Desk, place: Place) -> LiveStack:
    """Three requests, and more for further pages."""
    name, region, account = place
    door = desk.cloudformation(region, account)
    return LiveStack(
        name=name,
        region=region,
        account=account,
        status=door.ask_for(
            lambda client: str(client.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]),
            None,
            no_stack,
        ),
        template=_template(door.ask_for(lambda client: _body(client, name), None, no_stack), name),
        resources=door.ask_for(lambda client: _resources(client, name), {}, no_stack),
    )


def _body(client: "CloudFormationClient", name: str) -> Any:
    """botocore parses a template that is JSON; one in YAML stays a text."""
    return client.get_template(StackName=name, TemplateStage="Original")["TemplateBody"]


def _template(body: Read[Any] | Unread, name: str) -> Read[Mapping[str, Any] | None] | Unread:
    if isinstance(body, Unread) or not isinstance(body.value, str):
        return body
    try:
        return Read(json.loads(body.value))
    except ValueError:
        return Unread(f"the template of stack {name} is not JSON, so it cannot be compared")


def _resources(client: "CloudFormationClient", name: str) -> dict[str, StackResource]:
    pages = client.get_paginator("list_stack_resources").paginate(StackName=name)
    return {
        one["LogicalResourceId"]: StackResource(one["ResourceType"], one.get("PhysicalResourceId", ""))
        for page in pages
        for one in page["StackResourceSummaries"]
        if one["ResourceStatus"] != "DELETE_COMPLETE"
    }
