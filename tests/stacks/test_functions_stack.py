"""What a Lambda Region's stack holds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import aws_lambda
from aws_cdk.assertions import Match, Template

from stacks.runtime import PYTHON
from tests.stacks.conftest import Templates, statements

Synthesize = Callable[..., Templates]
WEST, EAST = "patchbay-local-functions-us-west-2", "patchbay-local-functions-us-east-1"
INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555"


@pytest.fixture
def west(local: Templates) -> Template:
    return local[WEST]


def test_the_runtime_is_the_newest_python_that_cdk_offers() -> None:
    offered = [name for name in dir(aws_lambda.Runtime) if name.startswith("PYTHON_3_")]
    newest = max(offered, key=lambda name: int(name.rpartition("_")[2]))
    assert getattr(aws_lambda.Runtime, newest).name == PYTHON.name


def test_each_function_has_its_own_role_a_log_group_with_retention_and_tracing(west: Template) -> None:
    functions = west.find_resources(
        "AWS::Lambda::Function", {"Properties": {"FunctionName": Match.string_like_regexp("patchbay-local-")}}
    )
    roles = [function["Properties"]["Role"]["Fn::GetAtt"][0] for function in functions.values()]
    assert len(functions) == 3
    assert len(set(roles)) == 3
    for function in functions.values():
        group = function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
        assert west.to_json()["Resources"][group]["Properties"]["RetentionInDays"] == 30
        assert function["Properties"]["TracingConfig"] == {"Mode": "Active"}


def test_a_role_may_write_its_own_logs_trace_and_read_its_tables_and_nothing_else(west: Template) -> None:
    policy = statements(west, "CustomerLookupRole")
    actions = {action for statement in policy for action in _listed(statement["Action"])}
    assert actions == {
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
    }
    everywhere = {action for s in policy if s["Resource"] == "*" for action in _listed(s["Action"])}
    assert everywhere == {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}


def test_the_timeout_is_the_time_limit_of_the_block(west: Template) -> None:
    west.has_resource_properties(
        "AWS::Lambda::Function", {"FunctionName": "patchbay-local-customer_lookup", "Timeout": 3}
    )


def test_a_version_is_kept_by_the_next_deploy_and_not_by_a_failed_first_one(west: Template) -> None:
    west.all_resources(
        "AWS::Lambda::Version", {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
    )


def test_the_alias_belongs_to_the_custom_resource_and_cloudformation_never_writes_it(west: Template) -> None:
    west.resource_count_is("AWS::Lambda::Alias", 0)
    west.resource_count_is("Custom::LiveAlias", 3)
    west.has_resource_properties(
        "Custom::LiveAlias",
        {
            "FunctionName": {"Ref": Match.string_like_regexp("Tutorial")},
            "AliasName": "live",
            "Version": {
                "Fn::GetAtt": [Match.string_like_regexp("TutorialFunctionCurrentVersion"), "Version"]
            },
            "Strategy": "all-at-once",
        },
    )


@pytest.mark.parametrize("stack", [WEST, EAST])
def test_each_instance_may_invoke_the_alias_and_only_it(local: Templates, stack: str) -> None:
    template = local[stack]
    region = stack.removeprefix("patchbay-local-functions-")
    connect = {"Properties": {"Principal": "connect.amazonaws.com"}}
    assert len(template.find_resources("AWS::Lambda::Permission", connect)) == 3
    template.has_resource(
        "AWS::Lambda::Permission",
        {
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": f"arn:aws:lambda:{region}:000000000000:function:patchbay-local-tutorial:live",
                "Principal": "connect.amazonaws.com",
                "SourceAccount": "000000000000",
                "SourceArn": INSTANCE,
            },
            "DependsOn": [Match.string_like_regexp("TutorialLive")],
        },
    )


def test_an_instance_in_another_account_is_named_with_that_account(
    synthesized: Synthesize, edit: Callable[[str, str, str], Path]
) -> None:
    other = INSTANCE.replace("000000000000", "444455556666")
    root = edit("environments/local.toml", f'"{INSTANCE}', f'"{other}')
    synthesized("local", root)[WEST].has_resource_properties(
        "AWS::Lambda::Permission", {"SourceAccount": "444455556666", "SourceArn": other}
    )


def test_tables_live_in_the_first_region_of_the_group_with_a_replica_in_the_second(
    local: Templates,
) -> None:
    local[EAST].resource_count_is("AWS::DynamoDB::GlobalTable", 0)
    local[WEST].has_resource(
        "AWS::DynamoDB::GlobalTable",
        {
            "Properties": {
                "TableName": "patchbay-local-customers",
                "Replicas": Match.array_with(
                    [Match.object_like({"Region": "us-east-1"}), Match.object_like({"Region": "us-west-2"})]
                ),
            },
            "DeletionPolicy": "RetainExceptOnCreate",
        },
    )


def test_the_fingerprint_is_the_same_in_every_region(local: Templates) -> None:
    assert _fingerprints(local[WEST]) == _fingerprints(local[EAST])


def test_an_edited_function_gets_a_new_version_and_the_others_keep_theirs(
    synthesized: Synthesize, project: Path
) -> None:
    before = synthesized("local", project)[WEST]
    with (project / "lambdas/tutorial/logic.py").open("a") as logic:
        logic.write("\n# edited\n")
    (project / "lambdas/customer_lookup/__pycache__").mkdir(exist_ok=True)
    (project / "lambdas/customer_lookup/__pycache__/logic.pyc").write_bytes(b"left by a test run")
    after = synthesized("local", project)[WEST]
    changed = _versions(after) - _versions(before)
    assert len(changed) == 1
    assert changed.pop().startswith("TutorialFunctionCurrentVersion")
    different = {k for k, v in _fingerprints(after).items() if _fingerprints(before)[k] != v}
    assert len(different) == 1
    assert different.pop().startswith("TutorialLive")


def test_how_a_version_meets_callers_is_no_part_of_its_fingerprint(
    synthesized: Synthesize, edit: Callable[[str, str, str], Path], project: Path
) -> None:
    before = synthesized("local", project)[WEST]
    edit("lambdas/tutorial/function.toml", "time_limit", 'strategy = "canary"\ntime_limit')
    after = synthesized("local", project)[WEST]
    assert _fingerprints(after) == _fingerprints(before)
    assert _versions(after) == _versions(before)


def test_a_worker_has_no_permission_and_a_bot_fulfilment_has_that_of_its_bot(
    synthesized: Synthesize, edit: Callable[[str, str, str], Path]
) -> None:
    bot = "arn:aws:lex:us-east-1:000000000000:bot-alias/AAAAAAAAAA/BBBBBBBBBB"
    edit("environments/local.toml", "[instances.resources]", f'[instances.resources]\nbot_pay = "{bot}"')
    edit(
        "lambdas/customer_lookup/function.toml",
        "time_limit_seconds = 3",
        'kind = "worker"\ntime_limit_seconds = 60',
    )
    edit("environments/local.toml", '"tutorial", "check_balance"', '"tutorial"')
    root = edit(
        "lambdas/account_service/function.toml",
        "time_limit_seconds",
        'kind = "lex"\nbot = "bot_pay"\ntime_limit_seconds',
    )
    west = synthesized("local", root)[WEST]
    permissions = west.find_resources("AWS::Lambda::Permission").values()
    principals = [permission["Properties"]["Principal"] for permission in permissions]
    assert sorted(principals) == [
        "connect.amazonaws.com",
        *["events.amazonaws.com"] * 2,
        "lexv2.amazonaws.com",
    ]
    west.has_resource_properties(
        "AWS::Lambda::Permission",
        {"Principal": "lexv2.amazonaws.com", "SourceArn": bot, "SourceAccount": "000000000000"},
    )


def _listed(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


def _versions(template: Template) -> set[str]:
    return set(template.find_resources("AWS::Lambda::Version"))


def _fingerprints(template: Template) -> dict[str, str]:
    found = template.find_resources("Custom::LiveAlias")
    return {name: resource["Properties"]["Fingerprint"] for name, resource in found.items()}
