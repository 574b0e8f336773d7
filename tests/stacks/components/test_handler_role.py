"""Where the rights of a Lambda function's role lie."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam, aws_logs
from aws_cdk.assertions import Template

from patchbay.functions import Function
from patchbay.naming import Names
from stacks.components import function_rights
from stacks.components.handler_role import HandlerRole

READS = aws_iam.PolicyStatement(actions=["s3:GetObject"], resources=["arn:aws:s3:::letters/*"])


def template(*, many_rights: bool) -> Template:
    stack = cdk.Stack(cdk.App(), "Stack")
    role = HandlerRole(stack, "Role", log_group=aws_logs.LogGroup(stack, "Logs"), many_rights=many_rights)
    role.add_to_policy(READS)
    return Template.from_stack(stack)


def actions(policy: dict[str, Any]) -> set[str]:
    return {str(statement["Action"]) for statement in policy["PolicyDocument"]["Statement"]}


def test_grants_and_statements_are_part_of_the_role_itself() -> None:
    made = template(many_rights=False)
    made.resource_count_is("AWS::IAM::Policy", 0)
    (role,) = made.find_resources("AWS::IAM::Role").values()
    (policy,) = role["Properties"]["Policies"]
    assert actions(policy) == {"['logs:CreateLogStream', 'logs:PutLogEvents']", "s3:GetObject"}


def test_many_rights_lie_in_a_policy_beside_it_which_the_cdk_divides() -> None:
    made = template(many_rights=True)
    (role,) = made.find_resources("AWS::IAM::Role").values()
    assert "Policies" not in role["Properties"]
    (policy,) = made.find_resources("AWS::IAM::Policy").values()
    assert "s3:GetObject" in actions(policy["Properties"])


@pytest.mark.parametrize(("resources", "many"), [(1, False), (40, False), (60, True)])
def test_a_function_that_asks_for_very_much_has_many_rights(resources: int, many: bool) -> None:
    asked = {"actions": ["sns:Publish"], "resources": [f"arn:aws:sns:*:*:t{n}" for n in range(resources)]}
    settings = Function.model_validate(
        {"name": "asker", "description": "Asks", "time_limit_seconds": 3, "permissions": [asked]}
    )
    found = function_rights.statements(settings, names=Names("app", "env"), instances=[])
    assert function_rights.are_many(settings, found) is many
