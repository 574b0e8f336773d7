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


_LOCAL_ROOTS = ("Customer", "Lex", "Metrics", "Wisdom")


@dataclass(frozen=True)
class Local:
    """What a flow keeps to itself while a module that it invoked runs.

    Source: administrator guide, "Flow modules for reusable functions", limitations. What that page does not
    name (Case, Views, Modules, LambdaInvocation, ...) is shared with the module here.
    """

    external: Mapping[str, object]
    flow_attributes: dict[str, str]
    stored_input: str
    loops: dict[str, int]
    roots: dict[str, Any]


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
    tags: dict[str, str] = field(default_factory=dict)
    """User-defined tags: the system's own, `aws:...`, are not simulated."""
    references: dict[str, object] = field(default_factory=dict)
    """Links and files of the contact, `Type` and `Value` by name."""
    logging: bool = False
    """Set by the Set logging behavior block; without one, nothing is logged."""
    loops: dict[str, int] = field(default_factory=dict)
    chain_ms: int = 0
    """How long functions ran since the caller last heard a prompt."""
    other: dict[str, Any] = field(default_factory=dict)
    """Further roots that references may read: Customer, Case, Lex, Metrics, Views, ..."""
    modules: tuple[str, ...] = ()
    """The ARNs of the modules that run and of the flow that invoked them, the innermost first."""

    @property
    def own_roots(self) -> frozenset[str]:
        """What references read from the contact itself, so that nothing else can set it."""
        return frozenset(self.data()) - set(self.other) - {"MediaStreams"}

    def enter_module(self) -> Local:
        """Takes away what a module does not see of the flow that invoked it."""
        kept = {root: self.other.pop(root) for root in _LOCAL_ROOTS if root in self.other}
        local = Local(self.external, self.flow_attributes, self.stored_input, self.loops, kept)
        self.external, self.flow_attributes, self.stored_input, self.loops = {}, {}, "", {}
        return local

    def leave_module(self, local: Local) -> None:
        """Gives it back; the module's own is gone."""
        for root in _LOCAL_ROOTS:
            self.other.pop(root, None)
        self.other.update(local.roots)
        self.external, self.flow_attributes = local.external, local.flow_attributes
        self.stored_input, self.loops = local.stored_input, local.loops

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
            "MediaStreams": self.other.get("MediaStreams", {"Customer": {"Audio": None}}),
            "Name": self.name,
            "PreviousContactId": self.contact_id,
            "Queue": dict(self.queue) if self.queue else None,
            "References": dict(self.references),
            "RelatedContactId": None,
            "SegmentAttributes": {"connect:Subtype": {"ValueString": self._subtype()}},
            "SystemEndpoint": self.system.as_dict() if self.system else None,
            "Tags": dict(self.tags),
        }

    def _subtype(self) -> str:
        return {"VOICE": "connect:Telephony"}.get(self.channel, f"connect:{self.channel.capitalize()}")
