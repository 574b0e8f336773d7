"""What a function may reach, and what is made for it to reach: as its function.toml asks, and no more."""

import pytest
from aws_cdk.assertions import Match, Template

from tests.stacks.conftest import Templates, statements
from tests.stacks.reading import EAST, INSTANCE, WEST, allowed, here, listed, logical_id, objects

ROLES = ("AskerRole", "DoerRole", "SweeperRole", "NodedRole", "TutorialRole")


@pytest.fixture
def west(asking: Templates) -> Template:
    return asking[WEST]


def test_functions_that_ask_for_nothing_get_nothing(local: Templates) -> None:
    for region in (WEST, EAST):
        for kind in ("SecretsManager::Secret", "SQS::Queue", "Lambda::EventInvokeConfig"):
            local[region].resource_count_is(f"AWS::{kind}", 0)
        local[region].resource_count_is("AWS::S3::Bucket", 1)


def test_a_secret_is_a_random_key_that_two_functions_may_share(west: Template) -> None:
    west.resource_count_is("AWS::SecretsManager::Secret", 2)
    west.all_resources_properties(
        "AWS::SecretsManager::Secret",
        {"GenerateSecretString": {"PasswordLength": 64, "ExcludePunctuation": True}, "Name": Match.absent()},
    )
    signing, sealing = (
        {"Ref": logical_id(west, "SecretsManager::Secret", f"Secrets{name}")}
        for name in ("Signing", "Sealing")
    )
    (both,) = allowed(west, "AskerRole", "secretsmanager").values()
    assert [secret for secret in both if secret not in (signing, sealing)] == []
    assert len(both) == 2
    assert allowed(west, "DoerRole", "secretsmanager") == {("secretsmanager:GetSecretValue",): [signing]}


def test_a_bucket_is_private_encrypted_over_tls_only_and_forgets_after_90_days(west: Template) -> None:
    letters = logical_id(west, "S3::Bucket", "BucketsLetters")
    bucket = west.find_resources("AWS::S3::Bucket")[letters]
    properties = bucket["Properties"]
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(properties["PublicAccessBlockConfiguration"]) == 4
    assert "BucketName" not in properties
    assert properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert properties["LifecycleConfiguration"] == {"Rules": [{"ExpirationInDays": 90, "Status": "Enabled"}]}
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    west.has_resource_properties(
        "AWS::S3::BucketPolicy",
        {
            "Bucket": {"Ref": letters},
            "PolicyDocument": {
                "Statement": [
                    Match.object_like(
                        {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
                    )
                ]
            },
        },
    )


def test_a_role_may_do_with_a_buckets_objects_what_the_access_says(west: Template) -> None:
    letters, minutes = (
        {"Fn::GetAtt": [logical_id(west, "S3::Bucket", f"Buckets{name}"), "Arn"]}
        for name in ("Letters", "Minutes")
    )
    assert allowed(west, "AskerRole", "s3") == {
        ("s3:PutObject",): [objects(letters)],
        ("s3:GetObject",): [objects(minutes)],
        ("s3:ListBucket",): [minutes],
    }
    assert allowed(west, "DoerRole", "s3") == {
        ("s3:GetObject", "s3:PutObject"): [objects(letters)],
        ("s3:ListBucket",): [letters],
    }


def test_a_function_may_invoke_the_alias_of_another_in_its_own_region_and_nothing_else(
    asking: Templates,
) -> None:
    for region in (WEST, EAST):
        found = allowed(asking[region], "AskerRole", "lambda")
        assert found == {("lambda:InvokeFunction",): [here("doer")]}


def test_a_permission_names_the_instances_that_list_the_function(west: Template) -> None:
    assert allowed(west, "AskerRole", "connect") == {
        ("connect:UpdateContactAttributes",): [f"{INSTANCE}/contact/*"]
    }
    everywhere = {
        a for s in statements(west, "AskerRole") if s["Resource"] == "*" for a in listed(s["Action"])
    }
    assert everywhere == {"sns:Publish", "xray:PutTelemetryRecords", "xray:PutTraceSegments"}


def test_no_role_gets_what_another_function_asks_for(west: Template) -> None:
    services = {
        role: {action.partition(":")[0] for s in statements(west, role) for action in listed(s["Action"])}
        for role in ROLES
    }
    usual = {"logs", "xray"}
    assert services == {
        "AskerRole": usual | {"connect", "lambda", "s3", "secretsmanager", "sns"},
        "DoerRole": usual | {"s3", "secretsmanager", "sqs"},
        "SweeperRole": usual | {"sqs"},
        "NodedRole": usual,
        "TutorialRole": usual,
    }
