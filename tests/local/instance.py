"""The instance of environment local on an embedded AWS, with flows and a function, ready to take calls."""

import pytest

from patchbay import environments
from patchbay.aws import Aws
from patchbay.calls import Line
from patchbay.config import Environment
from patchbay.environments import ROOT
from patchbay.local.process import LocalAws
from patchbay.simulator.transcript import CallResult, Who
from tests.local.embedded import FLOW, INSTANCE, PREFERRED, client, create_function, wire

TUTORIAL = str(ROOT / "flows" / "tutorial.json")
NAME = "patchbay-local-tutorial"
HANDLER = """
def handler(event, context):
    return {"customerBalance": "1234", "websiteUrl": "www.example.com", "version": "VERSION"}
"""


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Environment local."""
    return environments.load("local")


@pytest.fixture(scope="module")
def aws(local_aws: LocalAws, environment: Environment) -> Aws:
    """With the tutorial's flow, and its function behind an alias on one version."""
    lambda_ = client(local_aws.url, "lambda", PREFERRED)
    create_function(lambda_, NAME, HANDLER)
    lambda_.publish_version(FunctionName=NAME)
    wire(lambda_, NAME, "1")
    contents = environments.rendered_flows(environment, environment.instances[0])
    for name, content in (*contents.items(), ("unlogged", FLOW)):
        client(local_aws.url, "connect").create_contact_flow(
            InstanceId=INSTANCE.instance_id,
            Name=environment.names.flow(name),
            Type="CONTACT_FLOW",
            Content=content,
        )
    return Aws(environment, local_aws.url)


@pytest.fixture
def line(aws: Aws, environment: Environment) -> Line:
    """Its one instance."""
    return Line(environment, environment.instances[0], aws)


def heard(result: CallResult) -> list[str]:
    """What the caller heard, prompt by prompt."""
    return [entry.text for entry in result.transcript if entry.who is Who.PROMPT]
