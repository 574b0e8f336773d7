"""Where Patchbay reaches into MiniStack (here and in iam_hooks): what AWS has and MiniStack 1.5.33 lacks.

`install` runs before the first request. tests/local pins the names used here, so that an upgrade that
moves one fails there and not in a deploy.
"""

import threading
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners

from patchbay.local import connect_api, iam_hooks
from patchbay.local.connect_state import ConnectState

REPLICATION_DELAY_SECONDS = 0.5
"""Between a write and its replicas; global tables are "typically" within a second (DynamoDB guide)."""

Provisioned = tuple[str, dict[str, str]]
Properties = dict[str, Any]


def install() -> None:
    """Adds `AWS::Connect::ContactFlow`, and replicas to `AWS::DynamoDB::GlobalTable`."""
    handlers = provisioners._RESOURCE_HANDLERS
    handlers["AWS::Connect::ContactFlow"] = {
        "create": _create_flow,
        "update": _update_flow,
        "delete": _delete_flow,
    }
    provisioners._REPLACING_PROPERTIES["AWS::Connect::ContactFlow"] = ("InstanceArn", "Type")
    table = handlers["AWS::DynamoDB::GlobalTable"]
    table["create"] = _with_replicas(table["create"])
    table["delete"] = _without_replicas(table["delete"])
    dynamodb._replicate_write = _later(dynamodb._replicate_write)
    iam_hooks.install()


def _create_flow(_logical_id: str, props: Properties, _stack_name: str) -> Provisioned:
    flow = _connect().create_flow(
        props["InstanceArn"],
        name=props["Name"],
        flow_type=props["Type"],
        content=props["Content"],
        description=props.get("Description", ""),
    )
    return flow.arn, {"ContactFlowArn": flow.arn}


def _update_flow(arn: str, _old: Properties, props: Properties, _stack_name: str) -> Provisioned:
    changes = {
        "name": props["Name"],
        "content": props["Content"],
        "description": props.get("Description", ""),
    }
    _connect().update_flow(*_ids(arn), **changes)
    return arn, {"ContactFlowArn": arn}


def _delete_flow(arn: str, _props: Properties) -> None:
    _connect().delete_flow(*_ids(arn))


def _ids(flow_arn: str) -> tuple[str, str]:
    instance, _, flow_id = flow_arn.partition("/contact-flow/")
    return instance.rpartition("/")[2], flow_id


def _connect() -> ConnectState:
    return connect_api.state(get_account_id(), get_region())


def _with_replicas(create: Callable[..., Provisioned]) -> Callable[..., Provisioned]:
    def create_with_replicas(logical_id: str, props: Properties, stack_name: str) -> Provisioned:
        name, attributes = create(logical_id, props, stack_name)
        _replicate(name, "Create", props)
        return name, attributes

    return create_with_replicas


def _without_replicas(delete: Callable[..., None]) -> Callable[..., None]:
    def delete_with_replicas(name: str, props: Properties) -> None:
        _replicate(name, "Delete", props)
        delete(name, props)

    return delete_with_replicas


def _replicate(table: str, action: str, props: Properties) -> None:
    regions = [replica["Region"] for replica in props.get("Replicas", [])]
    updates = [{action: {"RegionName": region}} for region in regions if region != get_region()]
    if updates:
        dynamodb._apply_replica_updates(table, dynamodb._tables[table], updates)


def _later(replicate: Callable[..., None]) -> Callable[..., None]:
    """A replica lags: what a caller writes in one Region is not at once there in the other."""

    def replicate_later(*write: Any) -> None:
        account, region = get_account_id(), get_region()

        def apply() -> None:
            with request_scope(account, region):
                replicate(*write)

        timer = threading.Timer(REPLICATION_DELAY_SECONDS, apply)
        timer.daemon = True
        timer.start()

    return replicate_later
