"""Flows of a real instance: dozens of them, some never published, at two requests a second."""

import json
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from patchbay.aws import Aws
from patchbay.deployed_flows import DeployedFlows
from patchbay.errors import UserError
from tests import few_samples

ENVIRONMENT = few_samples.load("dev")
INSTANCE = ENVIRONMENT.instances[0]
CONTENT = json.dumps(
    {
        "Version": "2019-10-30",
        "StartAction": "end",
        "Actions": [
            {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
        ],
    }
)


def summary(number: int) -> dict[str, str]:
    flow_id = f"00000000-0000-4000-8000-{number:012}"
    return {"Id": flow_id, "Arn": f"{INSTANCE.arn}/contact-flow/{flow_id}", "Name": f"flow {number}"}


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    """Connect that answers what a test adds, and nothing else."""
    client = boto3.client("connect", region_name="eu-west-2")
    monkeypatch.setattr(Aws, "client", lambda *_args, **_kwargs: client)
    stubber = Stubber(client)
    stubber.activate()
    listed: dict[str, Any] = {"ContactFlowSummaryList": [summary(number) for number in range(30)]}
    stubber.add_response("list_contact_flows", listed)
    return stubber


def test_of_thirty_flows_only_the_wanted_one_is_read_and_only_once(connect: Stubber) -> None:
    wanted = {**summary(7), "Content": CONTENT}
    connect.add_response("describe_contact_flow", {"ContactFlow": wanted})
    flows = DeployedFlows(Aws(ENVIRONMENT), INSTANCE)
    assert flows["flow 7"] is flows[summary(7)["Arn"]]
    connect.assert_no_pending_responses()


def test_a_draft_is_one_sentence(connect: Stubber) -> None:
    connect.add_client_error("describe_contact_flow", "ContactFlowNotPublishedException", "", 404)
    with pytest.raises(UserError, match="flow 'flow 3' is a draft, which takes no calls: publish it"):
        DeployedFlows(Aws(ENVIRONMENT), INSTANCE)["flow 3"]


def test_a_flow_that_is_not_there_is_not_among_them(connect: Stubber) -> None:
    assert "no such flow" not in list(DeployedFlows(Aws(ENVIRONMENT), INSTANCE))
    connect.assert_no_pending_responses()
