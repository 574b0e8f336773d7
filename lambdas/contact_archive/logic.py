"""What is kept of a contact, and the two steps that keep it.

Both steps may be repeated: key and content depend on the contact alone, so a second archive of the same
attributes is the same object, and the same attribute names it. The object has no time of its own; S3 has.

The instance has to be in the function's own account: Connect's API takes an id, and reaches no other account.
"""

import json
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from common.answers import failure, success
from common.event import ContactEvent
from contact_archive.budget import OutOfTime, Temporary
from contact_archive.instances import Instance, allowed

KEY_ATTRIBUTE = "archiveKey"


class Refused(Exception):
    """A call failed in a way that no retry heals. Names the error's code, never its text."""


class ContactUnknown(Exception):
    """Connect has no such contact in the instance, or not any more."""


@dataclass(frozen=True)
class Rules:
    """What this environment archives; both comma separated."""

    instance_ids: str
    """The instances whose contacts it deals with."""
    left_out: str = ""
    """Attributes that no archive may hold, such as a payment token."""


class Archive(Protocol):
    """The bucket and the Connect API. Each step raises Temporary, OutOfTime or Refused."""

    def write(self, key: str, content: bytes) -> None:
        """Puts the object into the bucket."""
        ...

    def name_at_contact(self, instance: Instance, contact_id: str, key: str) -> None:
        """Sets the contact's attribute KEY_ATTRIBUTE. Raises ContactUnknown too."""
        ...


def answer(event: ContactEvent, rules: Rules, archive: Archive) -> dict[str, object]:
    """Archives the contact, if it belongs to an instance of `rules`: no call is made for another's."""
    instance = allowed(event.instance_arn, rules.instance_ids)
    if instance is None:
        return failure("instanceNotAllowed", retryable=False)
    key = key_of(instance, event)
    try:
        archive.write(key, content_of(instance, event, rules.left_out))
        archive.name_at_contact(instance, event.initial_contact_id, key)
    except ContactUnknown:
        return failure("contactNotFound", retryable=False)
    except (Temporary, OutOfTime, Refused):
        return failure("archiveUnavailable", retryable=True)
    return success(archived="true", archiveKey=key)


def key_of(instance: Instance, event: ContactEvent) -> str:
    """The same for the same contact, whatever its attributes have become."""
    return f"contacts/{instance.instance_id}/{quote(event.contact_id, safe='', errors='replace')}.json"


def content_of(instance: Instance, event: ContactEvent, left_out: str) -> bytes:
    """The object's bytes. Attributes may be personal data: the object is private to the bucket.

    The attribute that names the object is left out too, so that a repeated archive is the same as the first.
    """
    spared = {KEY_ATTRIBUTE, *(name.strip() for name in left_out.split(","))}
    attributes = {name: value for name, value in event.attributes.items() if name not in spared}
    kept = {
        "contactId": event.contact_id,
        "instanceId": instance.instance_id,
        "channel": event.channel,
        "attributes": attributes,
    }
    return json.dumps(kept, sort_keys=True).encode()
