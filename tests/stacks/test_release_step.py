"""The step of the release controller: what it is, and what its role may do."""

import fnmatch
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_logs
from aws_cdk.assertions import Template

from patchbay.limits import MANAGED_POLICY_MAX_CHARS, ROLE_POLICIES_MAX_CHARS
from stacks.components.handler_role import HandlerRole
from stacks.components.release_rights import Rights
from tests import few_samples
from tests.monitoring.test_dashboard import with_functions
from tests.stacks.conftest import UNSTAGED, Templates, statements

Synthesize = Callable[..., Templates]
WEST, EAST = "patchbay-local-functions-us-west-2", "patchbay-local-functions-us-east-1"
FUNCTIONS = [f"patchbay-local-{name}" for name in ("tutorial", "customer_lookup", "account_service")]
MACHINE = "arn:aws:states:us-west-2:000000000000:stateMachine:patchbay-local-releases"


@pytest.fixture
def west(local: Templates) -> Template:
    return local[WEST]


def test_the_step_knows_its_machine_its_bucket_and_its_environment(west: Template) -> None:
    bucket = next(iter(west.find_resources("AWS::S3::Bucket")))
    west.has_resource_properties(
        "AWS::Lambda::Function",
        {
            "Handler": "release.handler.on_event",
            "Timeout": 120,
            "MemorySize": 512,
            "Architectures": ["arm64"],
            "TracingConfig": {"Mode": "Active"},
            "Environment": {
                "Variables": {
                    "STATE_MACHINE_ARN": MACHINE,
                    "REPORTS_BUCKET": {"Ref": bucket},
                    "APP": "patchbay",
                    "ENVIRONMENT": "local",
                    "KEEP_VERSIONS": "10",
                }
            },
        },
    )


@pytest.mark.parametrize(
    ("action", "resources"),
    [
        ("lambda:UpdateAlias", ["patchbay-local-*"]),
        ("lambda:GetFunctionConfiguration", ["patchbay-local-*"]),
        ("lambda:InvokeFunction", [f"{f}:*" for f in FUNCTIONS]),
        ("lambda:DeleteFunction", [f"{f}:*" for f in FUNCTIONS]),
    ],
)
def test_the_step_reaches_the_functions_of_the_stack_by_name_and_deletes_versions_only(
    west: Template, action: str, resources: list[str]
) -> None:
    prefix = "arn:aws:lambda:us-west-2:000000000000:function:"
    assert sorted(_resources(west, action)) == sorted(prefix + resource for resource in resources)


def test_a_region_that_follows_may_read_the_leaders_alias_and_the_leader_reads_nobodys(
    local: Templates,
) -> None:
    east = _resources(local[EAST], "lambda:GetAlias")
    west = _resources(local[WEST], "lambda:GetAlias")
    assert {arn.split(":")[3] for arn in west} == {"us-west-2"}
    assert sorted(arn.split(":")[3] for arn in east) == ["us-east-1", "us-west-2"]
    for named in (FUNCTIONS[0], f"{FUNCTIONS[0]}:live"):
        assert all(fnmatch.fnmatchcase(named, arn.rpartition("function:")[2]) for arn in east)


def test_the_step_reads_the_log_groups_of_the_functions_and_no_others(west: Template) -> None:
    groups = [resource["Fn::GetAtt"][0] for resource in _resources(west, "logs:FilterLogEvents")]
    assert sorted(group[:-8] for group in groups) == [
        "AccountServiceLogs",
        "CustomerLookupLogs",
        "TutorialLogs",
    ]


def test_the_step_writes_metrics_and_events_under_its_own_name_only(west: Template) -> None:
    conditions = {s["Action"]: s.get("Condition") for s in _step(west) if isinstance(s["Action"], str)}
    assert conditions["cloudwatch:PutMetricData"] == {
        "StringEquals": {"cloudwatch:namespace": "Patchbay/Releases"}
    }
    assert conditions["events:PutEvents"] == {"StringEquals": {"events:source": "patchbay"}}


def test_the_step_can_neither_delete_an_alias_nor_stop_an_execution_nor_read_reports(west: Template) -> None:
    actions = {action for statement in _step(west) for action in _listed(statement["Action"])}
    refused = {"lambda:DeleteAlias", "states:StopExecution", "s3:GetObject", "s3:ListBucket", "iam:PassRole"}
    assert not actions & refused
    assert "s3:PutObject" in actions
    everywhere = {a for s in _step(west) if s["Resource"] == "*" for a in _listed(s["Action"])}
    assert everywhere == {
        "cloudwatch:GetMetricData",
        "cloudwatch:PutMetricData",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }


def test_a_worker_is_never_invoked_by_the_controller(
    synthesized: Synthesize, edit: Callable[[str, str, str], Path]
) -> None:
    edit("environments/local.toml", '"tutorial", "check_balance"', '"check_balance"')
    root = edit("lambdas/tutorial/function.toml", "time_limit", 'kind = "worker"\ntime_limit')
    west = synthesized("local", root)[WEST]
    assert not any("tutorial" in arn for arn in _resources(west, "lambda:InvokeFunction"))
    assert any("tutorial" in arn for arn in _resources(west, "lambda:DeleteFunction"))


def test_the_alias_of_a_function_that_a_deploy_removes_can_still_be_read(synthesized: Synthesize) -> None:
    """CloudFormation narrows the role first: else its release would end as a failure."""
    without_functions = synthesized("prod")["patchbay-prod-functions-eu-west-1"]
    (aliases,) = _resources(without_functions, "lambda:UpdateAlias")
    for removed in ("tutorial", "tutorial:live"):
        assert fnmatch.fnmatchcase(aliases.replace("*", removed), aliases)


def test_no_policy_of_the_step_of_very_many_functions_is_too_long(tmp_path: Path) -> None:
    environment = with_functions(few_samples.load("local"), 150)
    stack = cdk.Stack(cdk.App(outdir=str(tmp_path), context=UNSTAGED), "Stack")
    role = HandlerRole(stack, "Role", log_group=aws_logs.LogGroup(stack, "Logs"), many_rights=True)
    functions = list(environment.functions.values())
    for statement in Rights(environment, "us-east-1", functions).statements():
        role.add_to_policy(statement)
    template = Template.from_stack(stack)
    for kind, most in (("Policy", ROLE_POLICIES_MAX_CHARS), ("ManagedPolicy", MANAGED_POLICY_MAX_CHARS)):
        found = template.find_resources(f"AWS::IAM::{kind}").values()
        documents = [one["Properties"]["PolicyDocument"] for one in found]
        assert documents
        assert max(len(json.dumps(one, separators=(",", ":"))) for one in documents) <= most


def test_no_right_to_delete_reaches_a_whole_function(west: Template) -> None:
    """Without its qualifier, DeleteFunction takes the function with all its versions."""
    patterns = _resources(west, "lambda:DeleteFunction")
    prefix = patterns[0].partition("patchbay-")[0]
    assert any(fnmatch.fnmatchcase(f"{prefix}{FUNCTIONS[0]}:7", pattern) for pattern in patterns)
    for name in FUNCTIONS:
        assert not any(fnmatch.fnmatchcase(f"{prefix}{name}", pattern) for pattern in patterns)


def _step(template: Template) -> list[dict[str, Any]]:
    return statements(template, "ReleasesStepRole")


def _resources(template: Template, action: str) -> list[Any]:
    return list(_allowed(_step(template), action))


def _allowed(statements: list[dict[str, Any]], action: str) -> Iterator[Any]:
    for statement in statements:
        if action in _listed(statement["Action"]):
            yield from (
                statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
            )


def _listed(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)
