"""A function that does not start, or whose process ends: what the embedded AWS tells caller and log."""

import io
import json
import re
import uuid
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest
from ministack.core import lambda_runtime

from patchbay.local import start_failures
from patchbay.local.process import LocalAws
from tests.local.embedded import client, create_function, local_aws, zipped

__all__ = ["local_aws"]

WORKS = "def handler(event, context): return {'fine': 'yes'}"


@dataclass(frozen=True)
class Told:
    """By one invocation."""

    body: dict[str, Any]
    events: list[str]


def _invoke(aws: LocalAws, name: str, source: str, **settings: Any) -> Told:
    lambda_ = client(aws.url, "lambda")
    create_function(lambda_, name, source)
    if settings:
        lambda_.update_function_configuration(FunctionName=name, **settings)
    return _invoked(aws, name)


def _invoked(aws: LocalAws, name: str) -> Told:
    lambda_ = client(aws.url, "lambda")
    body = json.loads(lambda_.invoke(FunctionName=name, Payload=b"{}")["Payload"].read())
    group = f"/aws/lambda/{name}"
    found = client(aws.url, "logs").filter_log_events(logGroupName=group)["events"]
    return Told(body, [event["message"] for event in found])


def _package(file: str, source: str) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(file, source)
    return package.getvalue()


def _role(aws: LocalAws) -> str:
    """Of a function that works."""
    lambda_ = client(aws.url, "lambda")
    name = f"works-{uuid.uuid4()}"
    create_function(lambda_, name, WORKS)
    return str(lambda_.get_function_configuration(FunctionName=name)["Role"])


def _starts(events: list[str]) -> list[str]:
    return [re.split(r"\s", event)[0] for event in events]


def test_the_workers_still_report_where_the_hook_expects_it() -> None:
    assert lambda_runtime._PYTHON_WORKER_SCRIPT.count(start_failures.PYTHON_REPORTS) == 1
    for reported in start_failures.NODE_REPORTS:
        assert lambda_runtime._NODEJS_WORKER_SCRIPT.count(reported) == 1


@pytest.mark.parametrize(
    ("name", "source", "kind", "message"),
    [
        (
            "unpacked",
            "print('loading')\nimport nobody_packed_this\n",
            "Runtime.ImportModuleError",
            "Unable to import module 'handler': No module named 'nobody_packed_this'",
        ),
        (
            "handlerless",
            "def other(event, context): return {}",
            "Runtime.HandlerNotFound",
            "Handler 'handler' missing on module 'handler'",
        ),
        ("unset", "import os\nos.environ['NOBODY_SET_THIS']\n", "KeyError", "'NOBODY_SET_THIS'"),
    ],
)
def test_an_error_before_the_handler_is_named_as_lambda_names_it(
    local_aws: LocalAws, name: str, source: str, kind: str, message: str
) -> None:
    told = _invoke(local_aws, name, source)
    assert told.body == {"errorMessage": message, "errorType": kind}
    events = [event for event in told.events if event != "loading"]
    assert _starts(events) == ["START", "[WARNING]", "[ERROR]", "INIT_REPORT", "END", "REPORT"]
    assert events[2].startswith(f"[ERROR] {kind}: {message}\nTraceback (most recent call last):")
    assert events[3].endswith(f"Phase: invoke\tStatus: error\tError Type: {kind}")
    assert ("loading" in told.events) == (name == "unpacked")


def test_a_syntax_error_has_its_line(local_aws: LocalAws) -> None:
    told = _invoke(local_aws, "unparsable", "def handler(event, context)\n    return {}\n")
    assert told.body["errorType"] == "Runtime.UserCodeSyntaxError"
    assert 'handler.py" Line 1\n    def handler(event, context)' in told.events[2]


def test_a_log_in_json_has_the_error_in_json(local_aws: LocalAws) -> None:
    told = _invoke(
        local_aws,
        "structured",
        "import nobody_packed_this",
        LoggingConfig={"LogFormat": "JSON", "LogGroup": "/aws/lambda/structured"},
    )
    warning, error, report = (json.loads(event) for event in told.events[1:4])
    assert warning["level"] == "WARN"
    assert (error["level"], error["errorType"]) == ("ERROR", "Runtime.ImportModuleError")
    assert (report["type"], report["record"]["status"]) == ("platform.initReport", "error")


def test_a_process_that_ends_in_its_handler_leaves_its_exit_status(local_aws: LocalAws) -> None:
    told = _invoke(local_aws, "ending", "import os\ndef handler(event, context): os._exit(7)")
    request = told.events[0].split(" ")[2]
    message = f"RequestId: {request} Error: Runtime exited with error: exit status 7"
    assert told.body == {"errorMessage": message, "errorType": "Runtime.ExitError"}
    assert _starts(told.events) == ["START", "RequestId:", "END", "REPORT"]
    assert told.events[1] == f"{message}\nRuntime.ExitError"


def test_a_process_that_ends_while_it_starts_leaves_its_exit_status_too(local_aws: LocalAws) -> None:
    told = _invoke(local_aws, "leaving", "import os\nos._exit(7)")
    assert told.body["errorType"] == "Runtime.ExitError"
    assert _starts(told.events) == ["START", "RequestId:", "INIT_REPORT", "END", "REPORT"]
    assert told.events[1].endswith("Error: Runtime exited with error: exit status 7\nRuntime.ExitError")


@pytest.mark.parametrize(
    ("name", "source", "kind", "message"),
    [
        ("node-unpacked", "import 'nobody-packed-this';", "Runtime.ImportModuleError", "Cannot find package"),
        ("node-unset", "throw new TypeError('no table');", "TypeError", "no table"),
        (
            "node-handlerless",
            "export const other = 1;",
            "Runtime.HandlerNotFound",
            "index.handler is undefined or not exported",
        ),
    ],
)
def test_node_writes_what_nothing_caught(
    local_aws: LocalAws, name: str, source: str, kind: str, message: str
) -> None:
    lambda_ = client(local_aws.url, "lambda")
    lambda_.create_function(
        FunctionName=name,
        Runtime="nodejs22.x",
        Role=_role(local_aws),
        Handler="index.handler",
        Code={"ZipFile": _package("index.mjs", source)},
    )
    told = _invoked(local_aws, name)
    assert told.body["errorType"] == kind
    assert message in told.body["errorMessage"]
    (said,) = (json.loads(event.partition("Exception \t")[2]) for event in told.events if "Uncaught" in event)
    assert [start for start in _starts(told.events) if start.replace("_", "").isalpha()] == [
        "START",
        "INIT_REPORT",
        "END",
        "REPORT",
    ]
    assert (said["errorType"], said["errorMessage"]) == (kind, told.body["errorMessage"])


def test_a_function_that_did_not_start_starts_once_it_is_mended(local_aws: LocalAws) -> None:
    assert _invoke(local_aws, "mended", "import nobody_packed_this").body["errorType"]
    lambda_ = client(local_aws.url, "lambda")
    lambda_.update_function_code(FunctionName="mended", ZipFile=zipped(WORKS))
    body = json.loads(lambda_.invoke(FunctionName="mended", Payload=b"{}")["Payload"].read())
    assert body == {"fine": "yes"}
