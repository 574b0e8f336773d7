"""Attributes of contacts that the embedded Amazon Connect was told through its API."""

import json
import threading
import uuid
from collections import defaultdict
from collections.abc import Mapping

from patchbay.limits import CONTACT_ATTRIBUTES_MAX_BYTES
from patchbay.local.connect_state import ConnectError


class ContactAttributes:
    """By instance id and contact id.

    A simulated call registers its contact nowhere, so any contact id that is a UUID counts as a contact of
    the instance. What is set here does not reach the flow of a call that is under way.
    """

    def __init__(self) -> None:
        self._attributes: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self._lock = threading.Lock()

    def update(self, instance_id: str, contact_id: str, changes: Mapping[str, str]) -> None:
        """Adds and replaces. Raises ResourceNotFoundException or InvalidRequestException."""
        key = instance_id, _known(contact_id)
        with self._lock:
            merged = {**self._attributes[key], **changes}
            if len(json.dumps(merged, ensure_ascii=False).encode()) > CONTACT_ATTRIBUTES_MAX_BYTES:
                raise ConnectError(
                    "InvalidRequestException", f"Attributes exceed {CONTACT_ATTRIBUTES_MAX_BYTES} bytes"
                )
            self._attributes[key] = merged

    def get(self, instance_id: str, contact_id: str) -> dict[str, str]:
        """Empty where none were set. Raises ResourceNotFoundException."""
        with self._lock:
            return dict(self._attributes.get((instance_id, _known(contact_id)), {}))


def _known(contact_id: str) -> str:
    try:
        return str(uuid.UUID(contact_id))
    except ValueError:
        raise ConnectError("ResourceNotFoundException", f"Contact {contact_id} not found") from None
