"""What Lambda tells of one function in one Region."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from patchbay.config import Environment
from patchbay.live import policies
from patchbay.live.desk import Desk
from patchbay.live.door import Door
from patchbay.live.model import Alias, LiveFunction, Policy, Read, Unread
from patchbay.naming import LIVE

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_lambda.type_defs import AliasConfigurationTypeDef

Throttles = Callable[[str], Read[float] | Unread]
"""Of a function by its name."""


def read(
    environment: Environment, desk: Desk, function: str, region: str, throttles: Throttles
) -> LiveFunction:
    """Six requests, and more for further pages."""
    door, name = desk.lambda_(region), environment.names.function(function)
    arn = environment.function_arn(function, region)
    bare = door.ask_for(lambda client: _described(client, FunctionName=name), None)
    live = door.ask_for(lambda client: _described(client, FunctionName=name, Qualifier=LIVE), None)
    return LiveFunction(
        function=function,
        region=region,
        name=name,
        configuration=_configuration(bare if live == Read(None) else live),
        reserved=_reserved(bare),
        versions=door.ask_for(lambda client: _versions(client, name), ()),
        aliases=door.ask_for(lambda client: _aliases(client, name), {}),
        policy=_policy(door, lambda _: True, FunctionName=name, Qualifier=LIVE),
        bare_policy=_policy(door, lambda resource: resource in (arn, f"{arn}:$LATEST"), FunctionName=name),
        throttles=throttles(name),
    )


def _described(client: "LambdaClient", **asked: str) -> dict[str, Any] | None:
    return dict(client.get_function(**asked))


def _configuration(described: Read[dict[str, Any] | None] | Unread) -> Read[Any] | Unread:
    if isinstance(described, Unread):
        return described
    return Read(described.value["Configuration"] if described.value else None)


def _reserved(described: Read[dict[str, Any] | None] | Unread) -> Read[int | None] | Unread:
    """Of the function: it is no property of a version, so GetFunction need not tell it with one."""
    if isinstance(described, Unread):
        return described
    return Read((described.value or {}).get("Concurrency", {}).get("ReservedConcurrentExecutions"))


def _versions(client: "LambdaClient", name: str) -> tuple[str, ...]:
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=name)
    found = [version["Version"] for page in pages for version in page["Versions"]]
    return tuple(version for version in found if version.isdigit())


def _aliases(client: "LambdaClient", name: str) -> dict[str, Alias]:
    pages = client.get_paginator("list_aliases").paginate(FunctionName=name)
    return {alias["Name"]: _alias(alias) for page in pages for alias in page["Aliases"]}


def _alias(found: "AliasConfigurationTypeDef") -> Alias:
    weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
    return Alias(found["FunctionVersion"], dict(weights), found.get("Description", ""), found["RevisionId"])


def _policy(
    door: Door["LambdaClient"], belongs: Callable[[str], bool], **asked: str
) -> Read[Policy | None] | Unread:
    def get(client: "LambdaClient") -> Policy | None:
        answer = client.get_policy(**asked)
        return policies.parse(answer["Policy"], answer.get("RevisionId", ""), belongs)

    return door.ask_for(get, None)
