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
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}],
}


def test_ministack_reads_requests_with_these_functions() -> None:
    assert list(inspect.signature(iam_actions._lambda_action).parameters) == ["method", "path"]
    names = list(inspect.signature(iam_actions.extract_resource_arn).parameters)
    assert names[1:8] == ["method", "path", "headers", "body", "query_params", "region", "account_id"]


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
        (["lambda:GetAlias"], f"arn:aws:lambda:*:{ACCOUNT}:function:seen"),
        (["ssm:GetParametersByPath"], f"arn:aws:ssm:*:{ACCOUNT}:parameter/mine"),
    ]
    statements = [{"Effect": "Allow", "Action": a, "Resource": resource} for a, resource in allowed]
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
