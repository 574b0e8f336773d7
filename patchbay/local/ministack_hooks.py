"""Where Patchbay reaches into MiniStack (here and in the modules that `install` names).

What AWS has and MiniStack 1.5.33 lacks.

`install` runs before the first request. tests/local pins the names used here, so that an upgrade that
moves one fails there and not in a deploy.
"""

import queue
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import dynamodb, lambda_svc
from ministack.services.cloudformation import provisioners
from moto.connect.models import connect_backends

from patchbay.environments import ROOT
from patchbay.local import (
    alarm_hooks,
    asynchronous_hooks,
    connect_api,
    iam_hooks,
    query_hooks,
    secret_hooks,
    throttle_hooks,
    warm_workers,
)
from patchbay.local.connect_state import ConnectError, ConnectState

REPLICATION_DELAY_SECONDS = 0.5
"""Between a write and its replicas; global tables are "typically" within a second (DynamoDB guide)."""

_WITHOUT_CHECKOUT = f"""
import sys
sys.path[:] = [at for at in sys.path if not f"{{at}}/".startswith("{ROOT}/") or "site-packages" in at]
"""
"""A handler sees its own asset, as in Lambda, and not the checkout that this server runs from."""

Provisioned = tuple[str, dict[str, str]]
Properties = dict[str, Any]


def install() -> None:
    """Adds `AWS::Connect::ContactFlow`, replicas to `AWS::DynamoDB::GlobalTable`, and Status to REPORT."""
    handlers = provisioners._RESOURCE_HANDLERS
    handlers["AWS::Connect::ContactFlow"] = {
        "create": _create_flow,
        "update": _update_flow,
        "delete": _delete_flow,
    }
    provisioners._REPLACING_PROPERTIES["AWS::Connect::ContactFlow"] = ("Type",)
    table = handlers["AWS::DynamoDB::GlobalTable"]
    table["create"] = _with_replicas(table["create"])
    table["update"] = _with_changed_replicas(table["update"])
    table["delete"] = _without_replicas(table["delete"])
    dynamodb._replicate_write = _later(dynamodb._replicate_write)
    lambda_svc._emit_lambda_logs = _with_status(lambda_svc._emit_lambda_logs)
    asynchronous_hooks.install()
    secret_hooks.install()
    iam_hooks.install()
    alarm_hooks.install()
    query_hooks.install()
    throttle_hooks.install()
    warm_workers.install()
    lambda_runtime._PYTHON_WORKER_SCRIPT = _WITHOUT_CHECKOUT + lambda_runtime._PYTHON_WORKER_SCRIPT


def _with_status(emit: Callable[..., None]) -> Callable[..., None]:
    """Lambda says in REPORT that an invocation failed, be it before the handler was reached.

    Text of the source "rie" (the runtime's own) is kept as it is, and START is put before it.
    """

    def emit_with_status(
        func: dict[str, Any],
        request_id: str,
        log_text: str,
        error: bool,
        duration_ms: int,
        *,
        log_source: str | None = None,
    ) -> None:
        if error and log_source is None:
            memory = (func.get("config") or func).get("MemorySize", 128)
            duration = f"Duration: {duration_ms} ms\tBilled Duration: {duration_ms} ms"
            sizes = f"Memory Size: {memory} MB\tMax Memory Used: {memory} MB"
            report = f"REPORT RequestId: {request_id}\t{duration}\t{sizes}\tStatus: error"
            lines = [*log_text.splitlines(), f"END RequestId: {request_id}", report]
            log_text, log_source = "\n".join(lines), "rie"
        emit(func, request_id, log_text, error, duration_ms, log_source=log_source)

    return emit_with_status


def _create_flow(_logical_id: str, props: Properties, _stack_name: str) -> Provisioned:
    # moto raises where the instance is not there.
    connect_backends[get_account_id()][get_region()].describe_instance(
        props["InstanceArn"].rpartition("/")[2]
    )
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
    try:
        _connect().delete_flow(*_ids(arn))
    except ConnectError as error:  # deleted by hand: what CloudFormation wants is so already
        if error.code != "ResourceNotFoundException":
            raise


def _ids(flow_arn: str) -> tuple[str, str]:
    instance, _, flow_id = flow_arn.partition("/contact-flow/")
    return instance.rpartition("/")[2], flow_id


def _connect() -> ConnectState:
    return connect_api.state(get_account_id(), get_region())


def _with_replicas(create: Callable[..., Provisioned]) -> Callable[..., Provisioned]:
    def create_with_replicas(logical_id: str, props: Properties, stack_name: str) -> Provisioned:
        name, attributes = create(logical_id, props, stack_name)
        _replicate(name, "Create", _regions(props))
        return name, attributes

    return create_with_replicas


def _with_changed_replicas(update: Callable[..., Provisioned]) -> Callable[..., Provisioned]:
    def update_with_replicas(name: str, old: Properties, props: Properties, stack_name: str) -> Provisioned:
        updated = update(name, old, props, stack_name)
        _replicate(name, "Delete", _regions(old) - _regions(props))
        _replicate(name, "Create", _regions(props) - _regions(old))
        return updated

    return update_with_replicas


def _without_replicas(delete: Callable[..., None]) -> Callable[..., None]:
    def delete_with_replicas(name: str, props: Properties) -> None:
        _replicate(name, "Delete", _regions(props))
        delete(name, props)

    return delete_with_replicas


def _regions(props: Properties) -> set[str]:
    return {replica["Region"] for replica in props.get("Replicas", [])}


def _replicate(table: str, action: str, regions: set[str]) -> None:
    updates = [{action: {"RegionName": region}} for region in sorted(regions) if region != get_region()]
    if updates:
        dynamodb._apply_replica_updates(table, dynamodb._tables[table], updates)


def _later(replicate: Callable[..., None]) -> Callable[..., None]:
    """A replica lags: what a caller writes in one Region is not at once there in the other.

    One thread applies the writes, so that they arrive in the order in which they were made.
    """
    writes: queue.SimpleQueue[tuple[float, str, str, tuple[Any, ...]]] = queue.SimpleQueue()

    def replicate_later(*write: Any) -> None:
        writes.put((time.monotonic() + REPLICATION_DELAY_SECONDS, get_account_id(), get_region(), write))

    def apply() -> None:
        while True:
            due, account, region, write = writes.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                with request_scope(account, region):
                    replicate(*write)
            except Exception:  # as of a table deleted meanwhile: into the log, and on with the next
                traceback.print_exc()

    threading.Thread(target=apply, daemon=True).start()
    return replicate_later
