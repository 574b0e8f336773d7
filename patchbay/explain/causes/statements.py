"""In what a statement differs from a request of Connect's."""

from collections.abc import Iterator, Mapping
from typing import Any

from patchbay.simulator import policies

_KEYS = {"aws:sourceaccount": "the account", "aws:sourcearn": "the instance's ARN"}


def statements(policy: Mapping[str, Any] | None, resource: str | None) -> list[Mapping[str, Any]]:
    """Those of one ARN; all where none is named."""
    found = (policy or {}).get("Statement", [])
    listed = [found] if isinstance(found, Mapping) else list(found)
    return [s for s in listed if resource is None or s.get("Resource") == resource] or (
        [s for s in listed if s.get("Resource") in ("*", None)]
    )


def mismatches(statement: Mapping[str, Any], request: policies.Request) -> list[str]:
    """Each part that does not match, in words; none of a statement that denies."""
    if statement.get("Effect") != "Allow":
        return []
    sid = repr(statement.get("Sid", "without Sid"))
    return [f"{part} of statement {sid} {text}" for part, text in _parts(statement, request)]


def _parts(statement: Mapping[str, Any], request: policies.Request) -> Iterator[tuple[str, str]]:
    principal = statement.get("Principal")
    services = principal.get("Service", principal.get("AWS")) if isinstance(principal, Mapping) else principal
    if request.principal not in (services if isinstance(services, list) else [services]) and services != "*":
        yield "the principal", f"is {services}, but Connect is {request.principal}"
    if not _fits(statement.get("Action"), policies.ACTION):
        yield "the action", f"is {statement.get('Action')}, but Connect needs {policies.ACTION}"
    yield from _conditions(statement, request)


def _conditions(statement: Mapping[str, Any], request: policies.Request) -> Iterator[tuple[str, str]]:
    for operator, keys in (statement.get("Condition") or {}).items():
        for key, value in keys.items():
            alone = {**statement, "Principal": "*", "Action": "*", "Condition": {operator: {key: value}}}
            if policies.refusal({"Statement": [alone]}, request) is None:
                continue
            actual = request.context.get(str(key).lower(), "nothing")
            part = _KEYS.get(str(key).lower(), f"the condition {key}")
            yield part, f"is {value}, but Connect comes with {actual}"


def _fits(actions: object, wanted: str) -> bool:
    listed = actions if isinstance(actions, list) else [actions]
    return any(str(action).lower() in (wanted.lower(), "lambda:*", "*") for action in listed)
