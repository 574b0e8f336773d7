"""What Connect sends to a function, parsed once.

Source: Amazon Connect administrator guide, "Invoke AWS Lambda functions": the example request. Connect leaves
out or nulls what a contact does not have (a chat has no CustomerEndpoint, a task no SystemEndpoint).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

TEXT_MAX_CHARS = 256
"""Longer than any honest name, number or amount."""


class NotAConnectEvent(ValueError):
    """The payload has no usable Details.ContactData.ContactId, so no contact flow sent it."""


@dataclass(frozen=True)
class Endpoint:
    """One end of the contact. What identifies a person stays out of repr()."""

    address: str = field(repr=False)
    """A phone number in E.164 form, an e-mail address, or whatever the carrier sent instead; may be empty."""
    type: str
    """TELEPHONE_NUMBER, EMAIL_ADDRESS, VOIP, ..."""


@dataclass(frozen=True)
class Queue:
    """The queue that the contact is in."""

    arn: str
    name: str


@dataclass(frozen=True)
class ContactEvent:
    """One invocation by a flow. What may identify a person stays out of repr()."""

    contact_id: str
    initial_contact_id: str
    """The first contact of a chain of transfers; the contact itself where Connect names none."""
    previous_contact_id: str | None
    channel: str
    """VOICE, CHAT, TASK, EMAIL, or one that Connect adds later; empty where it is missing."""
    initiation_method: str
    instance_arn: str
    language_code: str | None
    customer_endpoint: Endpoint | None
    system_endpoint: Endpoint | None
    queue: Queue | None
    attributes: Mapping[str, str] = field(repr=False)
    """The contact's attributes; one that is not a string is in raw_contact only."""
    parameters: Mapping[str, object] = field(repr=False)
    """The block's input parameters; their values may nest."""
    raw_contact: Mapping[str, object] = field(repr=False)
    """Details.ContactData as it came, with the keys that this class does not know."""

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> "ContactEvent":
        """The event in `raw`. Raises NotAConnectEvent where it is none."""
        details = _mapping(_mapping(raw).get("Details"))
        contact = _mapping(details.get("ContactData"))
        contact_id = _string(contact, "ContactId")
        if not contact_id or not _encodable(contact_id):
            raise NotAConnectEvent(
                "the payload is no Amazon Connect event: Details.ContactData.ContactId is missing"
            )
        return cls(
            contact_id=contact_id,
            initial_contact_id=_string(contact, "InitialContactId") or contact_id,
            previous_contact_id=_string(contact, "PreviousContactId") or None,
            channel=_string(contact, "Channel"),
            initiation_method=_string(contact, "InitiationMethod"),
            instance_arn=_string(contact, "InstanceARN"),
            language_code=_string(contact, "LanguageCode") or None,
            customer_endpoint=_endpoint(contact.get("CustomerEndpoint")),
            system_endpoint=_endpoint(contact.get("SystemEndpoint")),
            queue=_queue(contact.get("Queue")),
            attributes={
                key: value
                for key, value in _mapping(contact.get("Attributes")).items()
                if isinstance(value, str)
            },
            parameters=_mapping(details.get("Parameters")),
            raw_contact=contact,
        )

    def text(self, name: str) -> str | None:
        """The parameter `name` as trimmed text; a number or boolean as JSON writes it.

        None where it is absent, blank, nested, not encodable, or over TEXT_MAX_CHARS. Too long is absent
        rather than cut, because a cut amount or id is another amount or id.
        """
        value = self.parameters.get(name)
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, str | int | float):
            return None
        text = str(value).strip()
        return text if 0 < len(text) <= TEXT_MAX_CHARS and _encodable(text) else None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _string(source: Mapping[str, object], key: str) -> str:
    value = source.get(key)
    return value if isinstance(value, str) else ""


def _endpoint(value: object) -> Endpoint | None:
    if not isinstance(value, Mapping):
        return None
    return Endpoint(address=_string(value, "Address"), type=_string(value, "Type"))


def _queue(value: object) -> Queue | None:
    if not isinstance(value, Mapping):
        return None
    return Queue(arn=_string(value, "ARN"), name=_string(value, "Name"))


def _encodable(text: str) -> bool:
    """JSON can carry half of a surrogate pair, which UTF-8 cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
