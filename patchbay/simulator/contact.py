"""The state of one contact, and the event that Connect sends to a function.

Source of the event: Amazon Connect administrator guide, "Invoke AWS Lambda functions". Real events also
carry null for CustomerEndpoint, SystemEndpoint and Queue, and the keys that the page does not list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from patchbay.arns import InstanceArn

NOWHERE = InstanceArn.parse(
    "arn:aws:connect:us-east-1:000000000000:instance/00000000-0000-0000-0000-000000000000"
)
"""Stands for the instance where there is none: a flow file with stubs."""


@dataclass(frozen=True)
class Endpoint:
    """A side of the contact."""

    address: str
    type: str

    @classmethod
    def of(cls, address: str | None) -> "Endpoint | None":
        """A phone number or an e-mail address; None stays None, as for a task or a chat."""
        if address is None:
            return None
        return cls(address, "EMAIL_ADDRESS" if "@" in address else "TELEPHONE_NUMBER")

    def as_dict(self) -> dict[str, str]:
        """As the event writes it."""
        return {"Address": self.address, "Type": self.type}


@dataclass
class Contact:
    """What Connect knows of a contact while its flow runs."""

    contact_id: str
    channel: str = "VOICE"
    """VOICE, CHAT, TASK, EMAIL, or one that AWS adds later."""
    customer: Endpoint | None = None
    system: Endpoint | None = None
    instance: InstanceArn = NOWHERE
    initiation_method: str = "INBOUND"
    attributes: dict[str, str] = field(default_factory=dict)
    flow_attributes: dict[str, str] = field(default_factory=dict)
    external: Mapping[str, object] = field(default_factory=dict)
    """The response of the last function that succeeded; each replaces it whole."""
    stored_input: str = ""
    queue: dict[str, object] | None = None
    """`ARN` and `Name`, once a flow set the working queue."""
    customer_id: str | None = None
    name: str | None = None
    description: str | None = None
    language_code: str = "en-US"
    voice: str = "Joanna"
    logging: bool = False
    """Set by the Set logging behavior block; without one, nothing is logged."""
    loops: dict[str, int] = field(default_factory=dict)
    chain_ms: int = 0
    """How long functions ran since the caller last heard a prompt."""
    other: dict[str, Any] = field(default_factory=dict)
    """Further roots that references may read: Customer, Case, Lex, Metrics, Views, ..."""

    def data(self) -> dict[str, object]:
        """The tree that references read."""
        return {
            **self.other,
            **self._contact_data(),
            "External": self.external,
            "FlowAttributes": self.flow_attributes,
            "StoredCustomerInput": self.stored_input,
            "TextToSpeechVoice": self.voice,
        }

    def event(self, parameters: Mapping[str, object]) -> dict[str, object]:
        """The event of an invocation; `parameters` are the block's function input parameters."""
        details = {"ContactData": self._contact_data(), "Parameters": dict(parameters)}
        return {"Details": details, "Name": "ContactFlowEvent"}

    def _contact_data(self) -> dict[str, object]:
        return {
            "Attributes": dict(self.attributes),
            "AwsRegion": self.instance.region,
            "Channel": self.channel,
            "ContactId": self.contact_id,
            "CustomerEndpoint": self.customer.as_dict() if self.customer else None,
            "CustomerId": self.customer_id,
            "Description": self.description,
            "InitialContactId": self.contact_id,
            "InitiationMethod": self.initiation_method,
            "InstanceARN": str(self.instance),
            "LanguageCode": self.language_code,
            "MediaStreams": {"Customer": {"Audio": None}},
            "Name": self.name,
            "PreviousContactId": self.contact_id,
            "Queue": dict(self.queue) if self.queue else None,
            "References": {},
            "RelatedContactId": None,
            "SegmentAttributes": {"connect:Subtype": {"ValueString": self._subtype()}},
            "SystemEndpoint": self.system.as_dict() if self.system else None,
            "Tags": {},
        }

    def _subtype(self) -> str:
        return {"VOICE": "connect:Telephony"}.get(self.channel, f"connect:{self.channel.capitalize()}")
