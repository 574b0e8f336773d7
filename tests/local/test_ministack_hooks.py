"""What patchbay/local reaches into, and what it adds: contact flows in CloudFormation, table replicas."""

import importlib.metadata
import inspect
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError, WaiterError
from ministack import app as ministack
from ministack.core import responses
from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners
from moto.connect import models, urls
from moto.connect import responses as connect_responses
from moto.core import responses as moto_responses
from moto.core.exceptions import ServiceException
from moto.moto_server.werkzeug_app import create_backend_app

from patchbay.environments import ROOT
from patchbay.local import ministack_hooks
from patchbay.local.process import LocalAws
from tests.local.embedded import FLOW, INSTANCE, client

pytestmark = pytest.mark.xdist_group("embedded-hooks")

WAIT = {"Delay": 0.05, "MaxAttempts": 200}  # type: ignore[var-annotated]
OTHER_REGION = "us-west-2"


@pytest.mark.parametrize("package", ["ministack", "moto", "botocore"])
def test_the_installed_version_is_the_locked_one(package: str) -> None:
    lock = (ROOT / "requirements.txt").read_text().splitlines()
    pinned = next(line for line in lock if line.startswith((f"{package}==", f"{package}[")))
    assert pinned.split("==")[1].split()[0] == importlib.metadata.version(package)


def test_the_module_says_which_version_of_ministack_it_hooks_into() -> None:
    assert f"MiniStack {importlib.metadata.version('ministack')} " in str(ministack_hooks.__doc__)


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (ministack.app, ["scope", "receive", "send"]),
        (responses.set_request_account_id, ["access_key_id"]),
        (responses.get_account_id, []),
        (responses.get_region, []),
        (responses.request_scope, ["account_id", "region"]),
        (dynamodb._apply_replica_updates, ["name", "table", "updates"]),
        (dynamodb._replicate_write, ["table", "event_name", "old_item", "new_item"]),
        (
            models.Instance.__init__,
            [
                "self",
                "identity_management_type",
                "inbound_calls_enabled",
                "outbound_calls_enabled",
                "account_id",
                "region",
                "instance_alias",
                "tags",
            ],
        ),
        (models.ConnectBackend.describe_instance, ["self", "instance_id"]),
        (moto_responses.ActionResult.__init__, ["self", "result"]),
    ],
)
def test_a_hooked_function_takes_what_patchbay_gives_it(
    function: Callable[..., object], parameters: list[str]
) -> None:
    assert list(inspect.signature(function).parameters) == parameters


def test_ministack_calls_the_replication_by_its_module_name() -> None:
    assert "_replicate_write(table, event_name, old_item, new_item)" in inspect.getsource(
        dynamodb._emit_stream_event
    )


def test_provisioners_are_registered_by_type_with_these_operations() -> None:
    table = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"]
    parameters = {name: list(inspect.signature(table[name]).parameters) for name in table}
    assert parameters["create"] == ["logical_id", "props", "stack_name"]
    assert parameters["update"] == ["physical_id", "old_props", "new_props", "stack_name"]
    assert len(parameters["delete"]) == 2


def test_what_forces_a_replacement_is_registered_by_type() -> None:
    names = provisioners._REPLACING_PROPERTIES["AWS::SQS::Queue"]
    assert isinstance(names, tuple)
    assert isinstance(names[0], str)


def test_ministack_has_no_contact_flow_of_its_own() -> None:
    assert "AWS::Connect::ContactFlow" not in provisioners._RESOURCE_HANDLERS


def test_moto_reads_requests_and_writes_answers_as_the_extension_expects() -> None:
    base = connect_responses.ConnectResponse
    assert callable(base.dispatch)
    assert isinstance(base.connect_backend, property)
    for name in ("_get_param", "setup_class", "call_action"):
        assert callable(getattr(base, name))
    assert "automated_parameter_parsing" in inspect.getsource(moto_responses)
    assert "x-moto-account-id" in inspect.getsource(moto_responses.BaseResponse.get_current_account)
    assert issubclass(moto_responses.EmptyResult, moto_responses.ActionResult)
    assert isinstance(urls.url_paths, dict)
    assert callable(create_backend_app)
    error = ServiceException("Code", "words")
    assert (error.code, error.message) == ("Code", "words")


def test_moto_has_none_of_the_operations_that_patchbay_adds() -> None:
    for name in ("associate_lambda_function", "list_lambda_functions", "create_contact_flow"):
        assert not hasattr(connect_responses.ConnectResponse, name)


# Contact flows in CloudFormation


def template(**changes: object) -> str:
    properties = {
        "InstanceArn": str(INSTANCE),
        "Name": "from a stack",
        "Type": "CONTACT_FLOW",
        "Content": FLOW,
        "Description": "first",
        **changes,
    }
    return json.dumps(
        {
            "Resources": {"Flow": {"Type": "AWS::Connect::ContactFlow", "Properties": properties}},
            "Outputs": {
                "Ref": {"Value": {"Ref": "Flow"}},
                "Arn": {"Value": {"Fn::GetAtt": ["Flow", "ContactFlowArn"]}},
            },
        }
    )


class Stack:
    """A stack of one template, by name."""

    def __init__(self, aws: LocalAws, name: str) -> None:
        self._client, self._name = client(aws.url, "cloudformation"), name

    def create(self, body: str) -> None:
        self._client.create_stack(StackName=self._name, TemplateBody=body)
        self._wait("stack_create_complete")

    def update(self, body: str) -> None:
        self._client.update_stack(StackName=self._name, TemplateBody=body)
        self._wait("stack_update_complete")

    def delete(self) -> None:
        self._client.delete_stack(StackName=self._name)
        self._wait("stack_delete_complete")

    def outputs(self) -> dict[str, str]:
        stack = self._client.describe_stacks(StackName=self._name)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def reasons(self) -> str:
        events = self._client.describe_stack_events(StackName=self._name)["StackEvents"]
        return "\n".join(event.get("ResourceStatusReason", "") for event in events)

    def _wait(self, state: str) -> None:
        self._client.get_waiter(state).wait(StackName=self._name, WaiterConfig=WAIT)


@pytest.fixture
def stack(local_aws: LocalAws, request: pytest.FixtureRequest) -> Stack:
    name = request.node.name.replace("_", "-").partition("[")[0][:100]
    return Stack(local_aws, name)


def flows(aws: LocalAws) -> list[dict[str, Any]]:
    connect = client(aws.url, "connect")
    found = connect.list_contact_flows(InstanceId=INSTANCE.instance_id)["ContactFlowSummaryList"]
    return [
        connect.describe_contact_flow(InstanceId=INSTANCE.instance_id, ContactFlowId=flow["Id"])[
            "ContactFlow"
        ]
        for flow in found
    ]


def test_a_stack_creates_updates_and_deletes_a_contact_flow(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(template())
    (first,) = flows(local_aws)
    assert (first["Name"], first["Content"], first["Description"]) == ("from a stack", FLOW, "first")
    assert stack.outputs() == {"Ref": first["Arn"], "Arn": first["Arn"]}
    other = FLOW.replace("bye", "goodbye")
    stack.update(template(Name="renamed", Content=other, Description="second"))
    (second,) = flows(local_aws)
    assert (second["Name"], second["Content"], second["Description"]) == ("renamed", other, "second")
    assert second["Id"] == first["Id"]
    stack.delete()
    assert flows(local_aws) == []


def test_another_flow_type_makes_another_flow(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(template())
    (first,) = flows(local_aws)
    stack.update(template(Type="CUSTOMER_QUEUE", Name="of another type"))
    (second,) = flows(local_aws)
    assert second["Id"] != first["Id"]
    assert second["Type"] == "CUSTOMER_QUEUE"
    stack.delete()


def test_a_refused_flow_fails_its_stack_with_the_reason(local_aws: LocalAws, stack: Stack) -> None:
    with pytest.raises(WaiterError):
        stack.create(template(Content="{}"))
    assert "The contact flow is not valid" in stack.reasons()
    assert flows(local_aws) == []


def test_a_flow_that_was_deleted_by_hand_does_not_keep_its_stack(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(template())
    (flow,) = flows(local_aws)
    client(local_aws.url, "connect").delete_contact_flow(
        InstanceId=INSTANCE.instance_id, ContactFlowId=flow["Id"]
    )
    stack.delete()


# Replicas


def table_template(name: str, *regions: str) -> str:
    properties = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "Replicas": [{"Region": region} for region in regions],
    }
    return json.dumps(
        {"Resources": {"Table": {"Type": "AWS::DynamoDB::GlobalTable", "Properties": properties}}}
    )


def item(aws: LocalAws, region: str, table: str, key: str = "1") -> Mapping[str, Any] | None:
    found = client(aws.url, "dynamodb", region).get_item(TableName=table, Key={"id": {"S": key}})
    item: Mapping[str, Any] | None = found.get("Item")
    return item


def tables(aws: LocalAws, region: str) -> list[str]:
    names: list[str] = client(aws.url, "dynamodb", region).list_tables()["TableNames"]
    return names


def until(is_so: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.02)
    return is_so()


def test_a_write_reaches_the_replica_after_a_delay_and_so_does_a_deletion(
    local_aws: LocalAws, stack: Stack
) -> None:
    stack.create(table_template("written", INSTANCE.region, OTHER_REGION))
    home = client(local_aws.url, "dynamodb")
    home.put_item(TableName="written", Item={"id": {"S": "1"}, "name": {"S": "Ada"}})
    assert item(local_aws, INSTANCE.region, "written")
    assert item(local_aws, OTHER_REGION, "written") is None
    assert until(lambda: item(local_aws, OTHER_REGION, "written") is not None)
    assert item(local_aws, OTHER_REGION, "written") == {"id": {"S": "1"}, "name": {"S": "Ada"}}
    home.delete_item(TableName="written", Key={"id": {"S": "1"}})
    assert item(local_aws, INSTANCE.region, "written") is None
    assert item(local_aws, OTHER_REGION, "written")
    assert until(lambda: item(local_aws, OTHER_REGION, "written") is None)
    stack.delete()


def test_a_write_to_the_replica_comes_back(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("both-ways", INSTANCE.region, OTHER_REGION))
    client(local_aws.url, "dynamodb", OTHER_REGION).put_item(TableName="both-ways", Item={"id": {"S": "2"}})
    assert item(local_aws, INSTANCE.region, "both-ways", "2") is None
    assert until(lambda: item(local_aws, INSTANCE.region, "both-ways", "2") is not None)
    stack.delete()


def test_replicas_go_with_their_table(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("deleted", INSTANCE.region, OTHER_REGION))
    assert "deleted" in tables(local_aws, OTHER_REGION)
    stack.delete()
    assert "deleted" not in tables(local_aws, INSTANCE.region)
    assert "deleted" not in tables(local_aws, OTHER_REGION)


def test_a_table_with_one_replica_stays_in_its_region(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("alone", INSTANCE.region))
    assert "alone" in tables(local_aws, INSTANCE.region)
    assert "alone" not in tables(local_aws, OTHER_REGION)
    stack.delete()


def test_a_region_that_a_table_gets_later_gets_a_replica(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("grown", INSTANCE.region))
    stack.update(table_template("grown", INSTANCE.region, OTHER_REGION))
    assert "grown" in tables(local_aws, OTHER_REGION)
    stack.update(table_template("grown", INSTANCE.region))
    assert "grown" not in tables(local_aws, OTHER_REGION)
    stack.delete()


def test_replicated_writes_arrive_in_the_order_in_which_they_were_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ministack_hooks, "REPLICATION_DELAY_SECONDS", 0.05)
    arrived: list[int] = []
    replicate = ministack_hooks._later(arrived.append)
    for number in range(300):
        replicate(number)
    assert until(lambda: len(arrived) == 300)
    assert arrived == list(range(300))


def test_an_unknown_instance_fails_the_stack(local_aws: LocalAws, stack: Stack) -> None:
    unknown = str(INSTANCE).replace("555555555555", "555555555559")
    with pytest.raises((WaiterError, ClientError)):
        stack.create(template(InstanceArn=unknown))
