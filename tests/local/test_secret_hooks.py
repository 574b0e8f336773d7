"""Secrets of a stack on the embedded AWS: a reference is the ARN, and a role may be granted it."""

import inspect
import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from ministack.services.cloudformation import provisioners

from patchbay.local.process import LocalAws
from tests.local import stacks
from tests.local.embedded import ACCOUNT, INSTANCE, client
from tests.local.stacks import Stack

stack = stacks.stack
SECRET = "AWS::SecretsManager::Secret"


def template(description: str) -> str:
    generate = {"PasswordLength": 64, "ExcludePunctuation": True}
    return json.dumps(
        {
            "Resources": {
                "Key": {
                    "Type": SECRET,
                    "Properties": {"Description": description, "GenerateSecretString": generate},
                },
                "Other": {"Type": SECRET, "Properties": {"GenerateSecretString": generate}},
            },
            "Outputs": {
                "Key": {"Value": {"Ref": "Key"}},
                "Other": {"Value": {"Ref": "Other"}},
            },
        }
    )


def test_ministack_provisions_a_secret_with_these_operations() -> None:
    secret = provisioners._RESOURCE_HANDLERS[SECRET]
    assert list(inspect.signature(secret["create"]).parameters) == ["logical_id", "props", "stack_name"]
    assert next(iter(inspect.signature(secret["update"]).parameters)) == "physical_id"
    assert list(inspect.signature(secret["delete"]).parameters) == ["physical_id", "props"]
    assert 'return name, {"Id": arn, "Arn": arn}' in inspect.getsource(provisioners._sm_secret_create)


def test_a_role_reads_the_secret_that_it_was_granted_and_no_other(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(template("first"))
    found = stack.outputs()
    assert found["Key"].startswith(f"arn:aws:secretsmanager:{INSTANCE.region}:{ACCOUNT}:secret:")
    mine = reader(local_aws, found["Key"])
    key = mine.get_secret_value(SecretId=found["Key"])["SecretString"]
    assert len(key) == 64
    with pytest.raises(ClientError, match="AccessDenied"):
        mine.get_secret_value(SecretId=found["Other"])


def test_a_secret_stays_what_it_is_when_its_stack_is_updated_and_goes_with_it(
    local_aws: LocalAws, stack: Stack
) -> None:
    secrets = client(local_aws.url, "secretsmanager")
    stack.create(template("first"))
    arn = stack.outputs()["Key"]
    before = secrets.get_secret_value(SecretId=arn)["SecretString"]
    stack.update(template("second"))
    assert stack.outputs()["Key"] == arn
    assert secrets.describe_secret(SecretId=arn)["Description"] == "second"
    assert secrets.get_secret_value(SecretId=arn)["SecretString"] == before
    stack.delete()
    with pytest.raises(ClientError, match="ResourceNotFound"):
        secrets.get_secret_value(SecretId=arn)


def reader(aws: LocalAws, secret: str) -> Any:
    """A client whose role may read this secret."""
    iam = client(aws.url, "iam")
    trust = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
    may = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": secret}
    role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=policy(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName="reader", PolicyName="read", PolicyDocument=policy(may))
    given = client(aws.url, "sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    session = boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
    return session.client("secretsmanager", region_name=INSTANCE.region, endpoint_url=aws.url)


def policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
