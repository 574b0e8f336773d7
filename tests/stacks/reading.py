"""What tests look for in a Functions stack's template."""

from typing import Any

from aws_cdk.assertions import Template

from tests.stacks.conftest import statements

WEST, EAST = "patchbay-local-functions-us-west-2", "patchbay-local-functions-us-east-1"
INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555"


def logical_id(template: Template, kind: str, prefix: str) -> str:
    return next(name for name in template.find_resources(f"AWS::{kind}") if name.startswith(prefix))


def function(template: Template, name: str) -> dict[str, Any]:
    found = template.find_resources(
        "AWS::Lambda::Function", {"Properties": {"FunctionName": f"patchbay-local-{name}"}}
    )
    (resource,) = found.values()
    properties: dict[str, Any] = resource["Properties"]
    return properties


def allowed(template: Template, role: str, service: str) -> dict[tuple[str, ...], list[Any]]:
    """The resources of a role's statements, by their actions, which are of one service."""
    found: dict[tuple[str, ...], list[Any]] = {}
    for statement in statements(template, role):
        actions = tuple(listed(statement["Action"]))
        if all(action.startswith(f"{service}:") for action in actions):
            resources = statement["Resource"]
            found.setdefault(actions, []).extend(resources if isinstance(resources, list) else [resources])
    return found


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def objects(bucket: dict[str, Any]) -> dict[str, Any]:
    return {"Fn::Join": ["", [bucket, "/*"]]}


def here(name: str) -> dict[str, Any]:
    """The alias ARN with pseudo parameters, the same text in every Region."""
    parts = [
        "arn:",
        "Partition",
        ":lambda:",
        "Region",
        ":",
        "AccountId",
        f":function:patchbay-local-{name}:live",
    ]
    joined = [{"Ref": f"AWS::{part}"} if part.isalpha() else part for part in parts]
    return {"Fn::Join": ["", joined]}
