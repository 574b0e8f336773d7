"""Corrections to how MiniStack 1.5.33 reads requests for IAM, so that roles are enforced as AWS does."""

import json
from collections.abc import Callable
from typing import Any

from ministack.core import iam_actions

_ALIAS_ACTIONS = {"GET": "GetAlias", "PUT": "UpdateAlias", "DELETE": "DeleteAlias"}

Request = dict[str, Any]
"""The arguments of `extract_resource_arn` after the service, by name."""


def install() -> None:
    """Requests for one alias; what a request is about; and two condition keys."""
    iam_actions._lambda_action = _alias_actions(iam_actions._lambda_action)
    iam_actions.extract_resource_arn = _precise(iam_actions.extract_resource_arn)
    iam_actions.request_tag_context = _with_conditions(iam_actions.request_tag_context)


def _alias_actions(action: Callable[[str, str], str | None]) -> Callable[[str, str], str | None]:
    """MiniStack takes every request for one alias for ListAliases."""

    def corrected(method: str, path: str) -> str | None:
        *_, collection, name = ("", *path.strip("/").split("/"))
        one_alias = collection == "aliases" and name and method in _ALIAS_ACTIONS
        return _ALIAS_ACTIONS[method] if one_alias else action(method, path)

    return corrected


def _precise(resource: Callable[..., str]) -> Callable[..., str]:
    """The ARN that AWS checks where MiniStack has a shorter one, or none."""
    corrections = {"ssm": _by_path, "lambda": _qualified, "logs": _of_streams}

    def corrected(service: str, *values: Any, **named: Any) -> str:
        found = resource(service, *values, **named)
        names = ("method", "path", "headers", "body", "query_params", "region", "account_id")
        request = {**dict(zip(names, values, strict=False)), **named}
        return corrections[service](found, request) if service in corrections else found

    return corrected


def _by_path(found: str, request: Request) -> str:
    """GetParametersByPath is allowed on the path's ARN; MiniStack looks for a name."""
    path = json.loads(request["body"] or b"{}").get("Path") if found == "*" else None
    if not path:
        return found
    return f"arn:aws:ssm:{request['region']}:{request['account_id']}:parameter/{path.strip('/')}"


def _qualified(found: str, request: Request) -> str:
    """A request with a Qualifier is about that version or alias, not about the function."""
    qualifier = iam_actions._query_param(request["query_params"], "Qualifier")
    return f"{found}:{qualifier}" if qualifier else found


def _of_streams(found: str, request: Request) -> str:
    """Events are of a group's streams: a policy that names the group without `:*` does not reach them."""
    action = request["headers"].get("x-amz-target", "").rpartition(".")[2]
    return f"{found}:log-stream:" if action == "FilterLogEvents" else found


def _with_conditions(context: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """`cloudwatch:namespace` and `events:source`, which MiniStack knows no value of."""

    def corrected(service: str, iam_action: str, body: bytes, params: dict[str, Any]) -> dict[str, Any]:
        found = context(service, iam_action, body, params)
        asked = json.loads(body) if body.startswith(b"{") else params
        if iam_action == "cloudwatch:PutMetricData":
            return {**found, "cloudwatch:namespace": asked.get("Namespace")}
        if iam_action == "events:PutEvents":
            sources = sorted({str(entry.get("Source")) for entry in asked.get("Entries", ())})
            return {**found, "events:source": sources[0] if len(sources) == 1 else sources}
        return found

    return corrected
