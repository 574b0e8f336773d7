"""The event that a function gets."""

import pytest

from patchbay.simulator.contact import Contact, Endpoint
from tests.simulator.world import INSTANCE, contact


def test_the_event_has_connects_shape() -> None:
    event = contact(attributes={"companyName": "GGG"}, queue={"ARN": "arn:q", "Name": "q"}).event(
        {"operation": "x"}
    )

    details = event["Details"]
    assert isinstance(details, dict)
    assert event["Name"] == "ContactFlowEvent"
    assert details["Parameters"] == {"operation": "x"}
    data = details["ContactData"]
    assert data["Attributes"] == {"companyName": "GGG"}
    assert data["CustomerEndpoint"] == {"Address": "+12025550100", "Type": "TELEPHONE_NUMBER"}
    assert data["InstanceARN"] == str(INSTANCE)
    assert data["Queue"] == {"ARN": "arn:q", "Name": "q"}
    assert "External" not in data


@pytest.mark.parametrize("channel", ["VOICE", "CHAT", "TASK", "EMAIL", "HOLOGRAM"])
def test_any_channel_goes_with_null_endpoints_and_queue(channel: str) -> None:
    details = Contact("c", channel).event({})["Details"]

    assert isinstance(details, dict)
    data = details["ContactData"]
    assert data["Channel"] == channel
    assert (data["CustomerEndpoint"], data["SystemEndpoint"], data["Queue"]) == (None, None, None)


def test_an_address_with_an_at_sign_is_an_e_mail_address() -> None:
    assert Endpoint.of("ana@example.com") == Endpoint("ana@example.com", "EMAIL_ADDRESS")
    assert Endpoint.of(None) is None
