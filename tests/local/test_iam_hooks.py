"""IAM on the embedded AWS: what MiniStack misreads is read as AWS does, and roles are enforced."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from ministack.core import iam_actions

from patchbay.local import iam_hooks
from patchbay.local.process import LocalAws
from tests.local.embedded import ACCOUNT, INSTANCE, client, create_function

ALIASES = "/2015-03-31/functions/lookup/aliases"
FUNCTIONS = f"arn:aws:lambda:*:{ACCOUNT}:function"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}],
}


def test_ministack_reads_requests_with_these_functions() -> None:
    assert list(inspect.signature(iam_actions._lambda_action).parameters) == ["method", "path"]
    names = list(inspect.signature(iam_actions.extract_resource_arn).parameters)
    assert names[1:8] == ["method", "path", "headers", "body", "query_params", "region", "account_id"]


def test_ministack_asks_for_condition_keys_by_the_request() -> None:
    parameters = list(inspect.signature(iam_actions.request_tag_context).parameters)
    assert parameters == ["service", "iam_action", "body", "params"]
    assert list(inspect.signature(iam_actions._query_param).parameters) == ["query_params", "key"]


def test_ministack_still_needs_the_correction_of_alias_requests() -> None:
    assert iam_actions._lambda_action("GET", f"{ALIASES}/live") != "GetAlias"


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("GET", f"{ALIASES}/live", "GetAlias"),
        ("PUT", f"{ALIASES}/live", "UpdateAlias"),
        ("DELETE", f"{ALIASES}/live", "DeleteAlias"),
        ("GET", ALIASES, "ListAliases"),
        ("POST", ALIASES, "CreateAlias"),
        ("GET", "/2015-03-31/functions/lookup", "GetFunction"),
    ],
)
def test_a_request_for_one_alias_is_an_action_of_its_own(method: str, path: str, action: str) -> None:
    assert iam_hooks._alias_actions(iam_actions._lambda_action)(method, path) == action


@pytest.fixture
def restricted(local_aws: LocalAws) -> Iterator[Any]:
    """Clients with a role that may do little, by service."""
    iam = client(local_aws.url, "iam")
    role = iam.create_role(RoleName="restricted", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    allowed = [
        (["lambda:GetAlias"], f"{FUNCTIONS}:seen"),
        (["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"], f"{FUNCTIONS}:kept:*"),
        (["lambda:DeleteFunction"], f"{FUNCTIONS}:kept:*"),
        (["lambda:InvokeFunction"], f"{FUNCTIONS}:worker:live"),
        (["logs:FilterLogEvents"], f"arn:aws:logs:*:{ACCOUNT}:log-group:mine:*"),
        (["logs:FilterLogEvents"], f"arn:aws:logs:*:{ACCOUNT}:log-group:bare"),
        (["ssm:GetParametersByPath"], f"arn:aws:ssm:*:{ACCOUNT}:parameter/mine"),
    ]
    statements: list[dict[str, Any]]
    statements = [{"Effect": "Allow", "Action": a, "Resource": resource} for a, resource in allowed]
    for action, key in (
        ("cloudwatch:PutMetricData", "cloudwatch:namespace"),
        ("events:PutEvents", "events:source"),
    ):
        condition = {"StringEquals": {key: "mine"}}
        statements.append({"Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition})
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    iam.put_role_policy(RoleName="restricted", PolicyName="little", PolicyDocument=policy)
    given = client(local_aws.url, "sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    session = boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])

    def assumed(service: Any) -> Any:
        return session.client(service, region_name=INSTANCE.region, endpoint_url=local_aws.url)

    yield assumed
    iam.delete_role_policy(RoleName="restricted", PolicyName="little")
    iam.delete_role(RoleName="restricted")


def test_a_role_may_do_what_it_is_allowed_and_nothing_else(local_aws: LocalAws, restricted: Any) -> None:
    lambda_ = client(local_aws.url, "lambda")
    for name in ("seen", "unseen"):
        create_function(lambda_, name, "def handler(event, context): return {}")
        lambda_.publish_version(FunctionName=name)
        lambda_.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    assert restricted("lambda").get_alias(FunctionName="seen", Name="live")["FunctionVersion"] == "1"
    for call, parameters in (
        ("get_alias", {"FunctionName": "unseen", "Name": "live"}),
        ("update_alias", {"FunctionName": "seen", "Name": "live", "FunctionVersion": "1"}),
        ("list_aliases", {"FunctionName": "seen"}),
    ):
        with pytest.raises(ClientError, match="AccessDenied"):
            getattr(restricted("lambda"), call)(**parameters)


def test_parameters_by_path_are_allowed_on_the_path(local_aws: LocalAws, restricted: Any) -> None:
    ssm = client(local_aws.url, "ssm")
    for path in ("/mine/a", "/theirs/a"):
        ssm.put_parameter(Name=path, Value="1", Type="String", Overwrite=True)
    found = restricted("ssm").get_parameters_by_path(Path="/mine")["Parameters"]
    assert [parameter["Name"] for parameter in found] == ["/mine/a"]
    with pytest.raises(ClientError, match="AccessDenied"):
        restricted("ssm").get_parameters_by_path(Path="/theirs")


def test_a_right_on_the_versions_of_a_function_is_none_on_the_function(
    local_aws: LocalAws, restricted: Any
) -> None:
    lambda_ = client(local_aws.url, "lambda")
    create_function(lambda_, "kept", "def handler(event, context): return {}")
    version = lambda_.publish_version(FunctionName="kept")["Version"]
    mine = restricted("lambda")
    assert mine.invoke(FunctionName="kept", Qualifier=version)["StatusCode"] == 200
    found = mine.get_function_configuration(FunctionName="kept", Qualifier=version)
    assert found["Version"] == version
    for call in ("invoke", "get_function_configuration", "delete_function"):
        with pytest.raises(ClientError, match="AccessDenied"):
            getattr(mine, call)(FunctionName="kept")
    mine.delete_function(FunctionName="kept", Qualifier=version)
    assert lambda_.get_function_configuration(FunctionName="kept")["Version"] == "$LATEST"


def test_a_right_on_an_alias_is_none_on_the_function_nor_on_its_versions(
    local_aws: LocalAws, restricted: Any
) -> None:
    lambda_ = client(local_aws.url, "lambda")
    arn = create_function(lambda_, "worker", "def handler(event, context): return {}")
    lambda_.publish_version(FunctionName="worker")
    lambda_.create_alias(FunctionName="worker", Name="live", FunctionVersion="1")
    mine = restricted("lambda")
    for named in ({"FunctionName": f"{arn}:live"}, {"FunctionName": "worker", "Qualifier": "live"}):
        assert mine.invoke(**named, InvocationType="Event", Payload=b"{}")["StatusCode"] == 202
    for refused in (arn, f"{arn}:1"):
        with pytest.raises(ClientError, match="AccessDenied"):
            mine.invoke(FunctionName=refused, InvocationType="Event", Payload=b"{}")


def test_events_of_a_log_group_are_read_by_the_right_on_its_streams(
    local_aws: LocalAws, restricted: Any
) -> None:
    for group in ("mine", "bare"):
        client(local_aws.url, "logs").create_log_group(logGroupName=group)
    assert restricted("logs").filter_log_events(logGroupName="mine")["events"] == []
    with pytest.raises(ClientError, match="AccessDenied"):
        restricted("logs").filter_log_events(logGroupName="bare")


def test_metrics_are_allowed_by_namespace_and_events_by_source(restricted: Any) -> None:
    data = [{"MetricName": "Stuck", "Value": 1.0}]
    restricted("cloudwatch").put_metric_data(Namespace="mine", MetricData=data)
    with pytest.raises(ClientError, match="AccessDenied"):
        restricted("cloudwatch").put_metric_data(Namespace="theirs", MetricData=data)
    event = {"Source": "mine", "DetailType": "Change", "Detail": "{}"}
    assert restricted("events").put_events(Entries=[event])["FailedEntryCount"] == 0
    with pytest.raises(ClientError, match="AccessDenied"):
        restricted("events").put_events(Entries=[{**event, "Source": "theirs"}])
