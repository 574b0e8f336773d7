"""Saved queries of Logs Insights on the embedded AWS: as a resource of a stack, and over boto3."""

import inspect
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from ministack import app
from ministack.services import cloudwatch_logs
from ministack.services.cloudformation import provisioners

from patchbay.local import query_hooks
from patchbay.local.process import LocalAws
from tests.local import stacks
from tests.local.embedded import client, local_aws
from tests.local.stacks import Stack

__all__ = ["local_aws"]

stack = stacks.stack


def template(query: str) -> str:
    properties = {"Name": "ours/errors", "QueryString": query, "LogGroupNames": ["/aws/connect/some"]}
    resource = {"Type": query_hooks.TYPE, "Properties": properties}
    return json.dumps({"Resources": {"Query": resource}, "Outputs": {"Query": {"Value": {"Ref": "Query"}}}})


def saved(aws: LocalAws, prefix: str = "ours/") -> list[dict[str, Any]]:
    answer = client(aws.url, "logs").describe_query_definitions(queryDefinitionNamePrefix=prefix)
    return list(answer["queryDefinitions"])


def test_ministack_has_no_saved_queries_and_takes_requests_by_the_module_name() -> None:
    assert query_hooks.TYPE not in provisioners._RESOURCE_HANDLERS
    assert "QueryDefinition" not in inspect.getsource(cloudwatch_logs)
    parameters = list(inspect.signature(cloudwatch_logs.handle_request).parameters)
    assert parameters == ["method", "path", "headers", "body", "query_params"]
    assert "await mod.handle_request(method" in inspect.getsource(app._lazy_handler)


def test_a_query_of_a_stack_is_saved_changed_in_place_and_goes_with_it(
    local_aws: LocalAws, stack: Stack
) -> None:
    stack.create(template("fields @message"))
    (first,) = saved(local_aws)
    assert first["queryDefinitionId"] == stack.outputs()["Query"]
    assert (first["name"], first["logGroupNames"]) == ("ours/errors", ["/aws/connect/some"])
    stack.update(template("fields @timestamp"))
    (second,) = saved(local_aws)
    assert second["queryDefinitionId"] == first["queryDefinitionId"]
    assert second["queryString"] == "fields @timestamp"
    stack.delete()
    assert saved(local_aws) == []


def test_a_query_is_put_described_and_deleted_by_its_id(local_aws: LocalAws) -> None:
    logs = client(local_aws.url, "logs")
    id_ = logs.put_query_definition(name="theirs", queryString="fields @message")["queryDefinitionId"]
    logs.put_query_definition(name="theirs", queryString="limit 1", queryDefinitionId=id_)
    assert [query["queryString"] for query in saved(local_aws, "theirs")] == ["limit 1"]
    assert logs.delete_query_definition(queryDefinitionId=id_)["success"]
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        logs.delete_query_definition(queryDefinitionId=id_)
