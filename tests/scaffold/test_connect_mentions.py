"""What an instance of a real account has: drafts, modules, two requests a second."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from patchbay.aws import Aws
from patchbay.scaffold import connect_mentions
from patchbay.scaffold.connect_mentions import Names
from tests import few_samples

ENVIRONMENT = few_samples.load("dev")
INSTANCE = ENVIRONMENT.instances[0]
ARN = ENVIRONMENT.alias_arn("tutorial", "eu-west-2")
NAMES = Names(ENVIRONMENT, ("tutorial",))


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    """Connect that answers what a test adds, and nothing else."""
    client = boto3.client("connect", region_name="eu-west-2")
    monkeypatch.setattr(Aws, "client", lambda *_args, **_kwargs: client)
    monkeypatch.setattr(connect_mentions, "_PAUSE_SECONDS", 0)
    stubber = Stubber(client)
    stubber.activate()
    return stubber


def summary(kind: str, name: str) -> dict[str, str]:
    return {"Id": f"id-{name}", "Arn": f"{INSTANCE.arn}/{kind}/id-{name}", "Name": name}


def describe(stubber: Stubber, kind: str, flow_id: str, content: str | None) -> None:
    operation = {
        "ContactFlow": "describe_contact_flow",
        "ContactFlowModule": "describe_contact_flow_module",
    }[kind]
    asked: dict[str, Any] = {"InstanceId": INSTANCE.arn.instance_id, f"{kind}Id": flow_id}
    if content is None:
        stubber.add_client_error(operation, "ContactFlowNotPublishedException", "", 404, None, asked)
    else:
        stubber.add_response(operation, {kind: {"Content": content}}, asked)


def test_drafts_and_modules_are_read_as_well(connect: Stubber) -> None:
    flow, draft = summary("contact-flow", "published"), summary("contact-flow", "draft")
    module = summary("flow-module", "shared")
    connect.add_response("list_contact_flows", {"ContactFlowSummaryList": [flow, draft]})
    describe(connect, "ContactFlow", flow["Id"], "{}")
    describe(connect, "ContactFlow", f"{flow['Arn']}:$SAVED", "{}")
    describe(connect, "ContactFlow", draft["Id"], None)
    describe(connect, "ContactFlow", f"{draft['Arn']}:$SAVED", f'"{ARN}"')
    connect.add_response("list_contact_flow_modules", {"ContactFlowModulesSummaryList": [module]})
    describe(connect, "ContactFlowModule", module["Id"], f'"{ARN}"')
    describe(connect, "ContactFlowModule", f"{module['Arn']}:$SAVED", "{}")
    assert connect_mentions.flows(Aws(ENVIRONMENT), INSTANCE, NAMES) == ["flow 'draft'", "module 'shared'"]
    connect.assert_no_pending_responses()


def test_the_flow_that_leaves_is_not_even_read_and_either_function_counts(connect: Stubber) -> None:
    leaving, other = summary("contact-flow", "leaving"), summary("contact-flow", "other")
    connect.add_response("list_contact_flows", {"ContactFlowSummaryList": [leaving, other]})
    describe(connect, "ContactFlow", other["Id"], f'"{ARN}"')
    describe(connect, "ContactFlow", f"{other['Arn']}:$SAVED", "{}")
    connect.add_response("list_contact_flow_modules", {"ContactFlowModulesSummaryList": []})
    names = Names(ENVIRONMENT, ("customer_lookup", "tutorial"))
    assert connect_mentions.flows(Aws(ENVIRONMENT), INSTANCE, names, "leaving") == ["flow 'other'"]
    connect.assert_no_pending_responses()


def test_only_the_alias_of_the_function_counts_as_its_association(connect: Stubber) -> None:
    others = [
        ARN.replace("tutorial", "tutorial_node"),
        ARN.replace(":live", ""),
        ARN.replace("tutorial", "t"),
    ]
    connect.add_response("list_lambda_functions", {"LambdaFunctions": [*others, ARN]})
    assert connect_mentions.associations(Aws(ENVIRONMENT), INSTANCE, NAMES) == [ARN]
