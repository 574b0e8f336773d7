"""What the tests of `patchbay remove` begin with."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from patchbay import function_folders
from tests.commands.conftest import Cli
from tests.local.connect import an_instance_in_each_account_and_region, url
from tests.local.embedded import INSTANCE, client

__all__ = ["an_instance_in_each_account_and_region", "url"]

NAME = "hours_in_a_test"
ALIAS = f"arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-{NAME}:live"
SETTINGS = f"lambdas/{NAME}/function.toml"


@pytest.fixture
def connect(url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Connect of the environment's embedded AWS."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    return client(url, "connect")


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def shop(cli: Cli, own_project: Path) -> Path:
    """A project with the new function, whose flow no environment lists any more."""
    assert cli("new", NAME).code == 0
    (own_project / f"tests/lambdas/{NAME}/__pycache__").mkdir()
    unlist_flow(own_project, NAME)
    return own_project


def unlist_flow(project: Path, flow: str, environment: str = "local") -> None:
    path = project / f"environments/{environment}.toml"
    head, key, flows = path.read_text().partition("\nflows = ")
    assert f'"{flow}"' in flows
    path.write_text(head + key + without(flows, flow))


def without(text: str, name: str) -> str:
    """A list's text without one of its names."""
    return re.sub(rf',?\s*"{name}"', "", text, count=1)


def flow_that_invokes(arn: str) -> str:
    block = {
        "Identifier": "ask",
        "Type": "InvokeLambdaFunction",
        "Parameters": {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "3"},
        "Transitions": {},
    }
    return json.dumps({"Version": "2019-10-30", "StartAction": "ask", "Actions": [block]})


def add_flow(connect: Any, name: str, arn: str) -> str:
    answer = connect.create_contact_flow(
        InstanceId=INSTANCE.instance_id, Name=name, Type="CONTACT_FLOW", Content=flow_that_invokes(arn)
    )
    return str(answer["ContactFlowId"])


def removed(project: Path) -> bool:
    return function_folders.load(project / "lambdas", NAME, {}, "test").removed
