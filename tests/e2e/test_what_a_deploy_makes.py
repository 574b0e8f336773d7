"""Read back over boto3, in both Regions."""

import io
import time
import urllib.request
import zipfile

import pytest

from patchbay.local.ministack_hooks import REPLICATION_DELAY_SECONDS
from patchbay.naming import LIVE
from tests.e2e import reads
from tests.e2e.deployed import Deployed

REGIONS = ("us-west-2", "us-east-1")
FUNCTIONS = ("tutorial", "customer_lookup", "account_service")
EVERYWHERE = [(region, function) for region in REGIONS for function in FUNCTIONS]


def test_the_environment_is_the_one_that_these_tests_know(deployed: Deployed) -> None:
    assert deployed.places == EVERYWHERE


@pytest.mark.parametrize(("region", "function"), EVERYWHERE)
def test_the_alias_lets_its_instance_in_and_the_bare_function_nobody(
    deployed: Deployed, region: str, function: str
) -> None:
    (statement,) = reads.statements(deployed.aws, deployed.environment, region, function, LIVE)
    name = f"arn:aws:lambda:{region}:000000000000:function:patchbay-local-{function}"
    del statement["Sid"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": "connect.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": f"{name}:live",
        "Condition": {
            "ArnLike": {
                "AWS:SourceArn": "arn:aws:connect:us-east-1:000000000000:"
                "instance/11111111-2222-3333-4444-555555555555"
            },
            "StringEquals": {"AWS:SourceAccount": "000000000000"},
        },
    }
    assert reads.statements(deployed.aws, deployed.environment, region, function) == []


def test_the_designers_drop_down_lists_exactly_the_aliases_of_both_regions(deployed: Deployed) -> None:
    expected = [
        f"arn:aws:lambda:{region}:000000000000:function:patchbay-local-{function}:live"
        for region, function in EVERYWHERE
    ]
    assert sorted(reads.associated(deployed.aws, deployed.environment)) == sorted(expected)


def test_the_flows_invoke_aliases_with_their_time_limits_and_response_types(deployed: Deployed) -> None:
    flows = reads.flows(deployed.aws, deployed.environment)
    arn = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-"
    assert {name: [_asked(block) for block in reads.invoke_blocks(text)] for name, text in flows.items()} == {
        "patchbay-local-tutorial": [(f"{arn}tutorial:live", "3", "STRING_MAP")],
        "patchbay-local-check_balance": [
            (f"{arn}customer_lookup:live", "3", "STRING_MAP"),
            (f"{arn}account_service:live", "5", "JSON"),
        ],
    }


def _asked(block: dict[str, str]) -> tuple[str, str, object]:
    validation: object = block["ResponseValidation"]
    assert isinstance(validation, dict)
    return block["LambdaFunctionARN"], block["InvocationTimeLimitSeconds"], validation["ResponseType"]


def test_no_placeholder_is_left_in_a_deployed_flow_and_the_queue_is_the_instances(deployed: Deployed) -> None:
    flows = reads.flows(deployed.aws, deployed.environment)
    assert not [name for name, content in flows.items() if "{{" in content]
    assert deployed.instance.resources["queue_support"] in flows["patchbay-local-check_balance"]


def test_the_first_deploy_puts_every_alias_on_version_1_alone(deployed: Deployed) -> None:
    assert {place: live.routing for place, live in deployed.first.items()} == dict.fromkeys(
        EVERYWHERE, ("1", {})
    )


@pytest.mark.parametrize(("region", "function"), EVERYWHERE)
def test_a_version_has_the_layer_its_time_limit_tracing_and_a_log_group_with_retention(
    deployed: Deployed, region: str, function: str
) -> None:
    client = deployed.aws.client("lambda", region)
    found = client.get_function_configuration(FunctionName=f"patchbay-local-{function}", Qualifier=LIVE)
    (layer,) = found["Layers"]
    assert layer["Arn"].startswith(f"arn:aws:lambda:{region}:000000000000:layer:")
    assert found["Timeout"] == {"tutorial": 3, "customer_lookup": 3, "account_service": 5}[function]
    assert found["TracingConfig"]["Mode"] == "Active"
    group = found["LoggingConfig"]["LogGroup"]
    (described,) = deployed.aws.client("logs", region).describe_log_groups(logGroupNamePrefix=group)[
        "logGroups"
    ]
    assert described["retentionInDays"] == 30


def test_the_functions_of_a_region_share_one_layer_that_holds_powertools(deployed: Deployed) -> None:
    for region in REGIONS:
        client = deployed.aws.client("lambda", region)
        layers = {
            found["Arn"]
            for function in FUNCTIONS
            for found in client.get_function_configuration(FunctionName=f"patchbay-local-{function}")[
                "Layers"
            ]
        }
        (arn,) = layers
        location = client.get_layer_version_by_arn(Arn=arn)["Content"]["Location"]
        with urllib.request.urlopen(location) as packed, zipfile.ZipFile(io.BytesIO(packed.read())) as layer:
            assert "python/aws_lambda_powertools/__init__.py" in layer.namelist()


@pytest.mark.parametrize("table", ["customers", "accounts", "requests"])
@pytest.mark.parametrize("region", REGIONS)
def test_each_table_is_there_in_both_regions(deployed: Deployed, region: str, table: str) -> None:
    client = deployed.aws.client("dynamodb", region)
    described = client.describe_table(TableName=f"patchbay-local-{table}")["Table"]
    assert described["TableStatus"] == "ACTIVE"
    assert described["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize(("written", "read"), [REGIONS, REGIONS[::-1]])
def test_a_write_in_one_region_is_in_the_other_after_a_delay_and_not_at_once(
    deployed: Deployed, written: str, read: str
) -> None:
    table, key = "patchbay-local-requests", {"request_id": {"S": f"from {written}"}}
    here, there = (deployed.aws.client("dynamodb", region) for region in (written, read))
    started = time.monotonic()
    here.put_item(TableName=table, Item={**key, "answer": {"S": "{}"}})
    at_once = there.get_item(TableName=table, Key=key).get("Item")
    assert at_once is None or time.monotonic() - started > REPLICATION_DELAY_SECONDS
    while "Item" not in there.get_item(TableName=table, Key=key):
        assert time.monotonic() - started < 10 * REPLICATION_DELAY_SECONDS, "it never came"
        time.sleep(0.05)
    here.delete_item(TableName=table, Key=key)
