"""What a Connect instance's stack holds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk.assertions import Match, Template

from tests.stacks.conftest import Templates, statements

Synthesize = Callable[..., Templates]
INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555"


@pytest.fixture
def connect(local: Templates) -> Template:
    return local["patchbay-local-connect-americas"]


def test_one_resource_associates_the_aliases_of_every_region(connect: Template) -> None:
    connect.resource_count_is("Custom::LambdaAssociations", 1)
    connect.has_resource_properties(
        "Custom::LambdaAssociations",
        {
            "InstanceArn": INSTANCE,
            "FunctionArns": [
                f"arn:aws:lambda:{region}:000000000000:function:patchbay-local-{function}:live"
                for function in ("tutorial", "customer_lookup", "account_service")
                for region in ("us-west-2", "us-east-1")
            ],
            "StatePath": "/patchbay/local/associations/11111111-2222-3333-4444-555555555555",
        },
    )


def test_the_association_handler_may_change_the_instances_of_the_account_and_these_functions(
    connect: Template,
) -> None:
    found = {str(s["Action"]): s["Resource"] for s in statements(connect, "AssociationProviderRole")}
    (instances,) = [on for actions, on in found.items() if "connect:AssociateLambdaFunction" in actions]
    assert instances == INSTANCE.replace(INSTANCE.rpartition("/")[2], "*")
    assert "['lambda:AddPermission', 'lambda:RemovePermission']" in found


def test_a_flow_names_the_alias_its_time_limit_and_its_response_type(connect: Template) -> None:
    flows = connect.find_resources("AWS::Connect::ContactFlow")
    tutorial = next(
        f["Properties"] for f in flows.values() if f["Properties"]["Name"] == "patchbay-local-tutorial"
    )
    content = json.loads(tutorial["Content"])
    block = next(a["Parameters"] for a in content["Actions"] if a["Type"] == "InvokeLambdaFunction")
    assert (
        block["LambdaFunctionARN"]
        == "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial:live"
    )
    assert block["InvocationTimeLimitSeconds"] == "3"
    assert block["ResponseValidation"] == {"ResponseType": "STRING_MAP"}
    assert tutorial["InstanceArn"] == INSTANCE
    assert "{{" not in tutorial["Content"]


def test_flows_come_after_the_association(connect: Template) -> None:
    association = next(iter(connect.find_resources("Custom::LambdaAssociations")))
    connect.all_resources("AWS::Connect::ContactFlow", {"DependsOn": Match.array_with([association])})


def test_an_instance_in_another_account_gets_its_stack_there(
    synthesized: Synthesize, edit: Callable[[str, str, str], Path]
) -> None:
    root = edit(
        "environments/local.toml", f'"{INSTANCE}', f'"{INSTANCE.replace("000000000000", "444455556666")}'
    )
    connect = synthesized("local", root)["patchbay-local-connect-americas"]
    connect.has_resource_properties(
        "Custom::LambdaAssociations",
        {"FunctionArns": Match.array_with([Match.string_like_regexp(":000000000000:function:")])},
    )
