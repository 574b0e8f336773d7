"""Two corrections to how MiniStack 1.5.33 reads requests for IAM, so that roles are enforced as AWS does."""

import json
from collections.abc import Callable
from typing import Any

from ministack.core import iam_actions

_ALIAS_ACTIONS = {"GET": "GetAlias", "PUT": "UpdateAlias", "DELETE": "DeleteAlias"}


def install() -> None:
    """Requests for one alias, and SSM parameters by path."""
    iam_actions._lambda_action = _alias_actions(iam_actions._lambda_action)
    iam_actions.extract_resource_arn = _by_path(iam_actions.extract_resource_arn)


def _alias_actions(action: Callable[[str, str], str | None]) -> Callable[[str, str], str | None]:
    """MiniStack takes every request for one alias for ListAliases."""

    def corrected(method: str, path: str) -> str | None:
        *_, collection, name = ("", *path.strip("/").split("/"))
        one_alias = collection == "aliases" and name and method in _ALIAS_ACTIONS
        return _ALIAS_ACTIONS[method] if one_alias else action(method, path)

    return corrected


def _by_path(resource: Callable[..., str]) -> Callable[..., str]:
    """GetParametersByPath is allowed on the path's ARN; MiniStack looks for a name."""

    def corrected(service: str, *request: Any, **named: Any) -> str:
        found = resource(service, *request, **named)
        if service != "ssm" or found != "*":
            return found
        body, region, account = _request(request, named)
        path = json.loads(body or b"{}").get("Path")
        return f"arn:aws:ssm:{region}:{account}:parameter/{path.strip('/')}" if path else found

    return corrected


def _request(request: tuple[Any, ...], named: dict[str, Any]) -> tuple[bytes, str, str]:
    names = ("method", "path", "headers", "body", "query_params", "region", "account_id")
    values = {**dict(zip(names, request, strict=False)), **named}
    return values["body"], values["region"], values["account_id"]
