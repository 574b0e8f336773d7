"""Saved queries of Logs Insights, which MiniStack 1.5.33 knows neither as requests nor as a resource type.

(CloudWatch Logs API reference, PutQueryDefinition, DescribeQueryDefinitions, DeleteQueryDefinition;
CloudFormation template reference, AWS::Logs::QueryDefinition: its reference is the id.)
"""

import json
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ministack.core.responses import AccountRegionScopedDict, error_response_json, json_response
from ministack.services import cloudwatch_logs
from ministack.services.cloudformation import provisioners

TYPE = "AWS::Logs::QueryDefinition"

Definition = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]
Handler = Callable[[str, str, dict[str, str], bytes, dict[str, Any]], Awaitable[Answer]]

_definitions: Any = AccountRegionScopedDict()
"""By id."""
_PROPERTIES = {
    "Name": "name",
    "QueryString": "queryString",
    "LogGroupNames": "logGroupNames",
    "QueryLanguage": "queryLanguage",
}


def install() -> None:
    """The requests, and the resource type."""
    cloudwatch_logs.handle_request = _with_definitions(cloudwatch_logs.handle_request)
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": _create, "update": _update, "delete": _delete}


def _with_definitions(handle: Handler) -> Handler:
    actions: dict[str, Callable[[Definition], Answer]] = {
        "PutQueryDefinition": _put,
        "DescribeQueryDefinitions": _describe,
        "DeleteQueryDefinition": _remove,
    }

    async def handle_request(
        method: str, path: str, headers: dict[str, str], body: bytes, query_params: dict[str, Any]
    ) -> Answer:
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        if action in actions:
            return actions[action](json.loads(body or b"{}"))
        return await handle(method, path, headers, body, query_params)

    return handle_request


def _put(asked: Definition) -> Answer:
    given = asked.get("queryDefinitionId")
    if given is not None and given not in _definitions:
        return _not_found(given)
    return _answer({"queryDefinitionId": _store(given or str(uuid.uuid4()), asked)})


def _describe(asked: Definition) -> Answer:
    prefix = asked.get("queryDefinitionNamePrefix", "")
    found = [one for one in _definitions.values() if one["name"].startswith(prefix)]
    return _answer({"queryDefinitions": sorted(found, key=lambda one: str(one["name"]))})


def _remove(asked: Definition) -> Answer:
    if _definitions.pop(asked["queryDefinitionId"], None) is None:
        return _not_found(asked["queryDefinitionId"])
    return _answer({"success": True})


def _answer(body: Definition) -> Answer:
    answer: Answer = json_response(body)
    return answer


def _not_found(id_: str) -> Answer:
    answer: Answer = error_response_json(
        "ResourceNotFoundException", f"There is no query definition {id_}", 400
    )
    return answer


def _store(id_: str, asked: Mapping[str, Any]) -> str:
    kept = {key: asked[key] for key in _PROPERTIES.values() if asked.get(key)}
    _definitions[id_] = {
        "queryDefinitionId": id_,
        "queryLanguage": "CWLI",
        **kept,
        "lastModified": round(time.time() * 1000),
    }
    return id_


def _create(_logical_id: str, props: Definition, _stack_name: str) -> tuple[str, dict[str, str]]:
    return _provision(str(uuid.uuid4()), props)


def _update(id_: str, _old: Definition, props: Definition, _stack_name: str) -> tuple[str, dict[str, str]]:
    return _provision(id_, props)


def _provision(id_: str, props: Definition) -> tuple[str, dict[str, str]]:
    _store(id_, {ours: props.get(theirs) for theirs, ours in _PROPERTIES.items()})
    return id_, {"QueryDefinitionId": id_}


def _delete(id_: str, _props: Definition) -> None:
    _definitions.pop(id_, None)
