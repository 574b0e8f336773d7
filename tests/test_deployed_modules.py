"""Flow modules of a real instance: looked up by id or ARN, never listed."""

import json

import boto3
import pytest
from botocore.stub import Stubber

from patchbay.aws import Aws
from patchbay.deployed_flows import DeployedFlows
from patchbay.errors import UserError
from tests import few_samples

ENVIRONMENT = few_samples.load("dev")
INSTANCE = ENVIRONMENT.instances[0]
ID = "00000000-0000-4000-8000-000000000007"
MODULE = {
    "Id": ID,
    "Arn": f"{INSTANCE.arn}/flow-module/{ID}",
    "Name": "opening hours",
    "Content": json.dumps(
        {
            "Version": "2019-10-30",
            "StartAction": "end",
            "Settings": {},
            "Actions": [
                {"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}
            ],
        }
    ),
}


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    """Connect without flows, that answers what a test adds, and nothing else."""
    client = boto3.client("connect", region_name="eu-west-2")
    monkeypatch.setattr(Aws, "client", lambda *_args, **_kwargs: client)
    stubber = Stubber(client)
    stubber.activate()
    stubber.add_response("list_contact_flows", {"ContactFlowSummaryList": []})
    return stubber


def test_a_module_is_read_once_for_its_id_and_its_arn(connect: Stubber) -> None:
    connect.add_response(
        "describe_contact_flow_module", {"ContactFlowModule": {**MODULE, "Status": "PUBLISHED"}}
    )
    flows = DeployedFlows(Aws(ENVIRONMENT), INSTANCE)

    assert flows[ID] is flows[str(MODULE["Arn"])]
    assert flows[ID].is_module
    connect.assert_no_pending_responses()


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "404", "501"])
def test_a_module_that_is_not_there_is_asked_for_once(connect: Stubber, code: str) -> None:
    connect.add_client_error("describe_contact_flow_module", code, "", 404)
    flows = DeployedFlows(Aws(ENVIRONMENT), INSTANCE)

    assert ID not in flows
    assert ID not in flows
    connect.assert_no_pending_responses()


def test_a_name_is_not_taken_for_a_module(connect: Stubber) -> None:
    assert "opening hours" not in DeployedFlows(Aws(ENVIRONMENT), INSTANCE)
    connect.assert_no_pending_responses()


def test_a_draft_of_a_module_is_one_sentence(connect: Stubber) -> None:
    connect.add_response("describe_contact_flow_module", {"ContactFlowModule": {**MODULE, "Status": "SAVED"}})

    with pytest.raises(UserError, match="is a draft, which takes no calls"):
        DeployedFlows(Aws(ENVIRONMENT), INSTANCE)[ID]
