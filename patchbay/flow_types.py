"""What kind of flow a file holds."""

import json
from dataclasses import dataclass

from patchbay.errors import UserError

# Connect API reference, CreateContactFlow: Type. Left: what an exported flow's metadata calls it.
TYPES = {
    "contactFlow": "CONTACT_FLOW",
    "customerQueue": "CUSTOMER_QUEUE",
    "customerHold": "CUSTOMER_HOLD",
    "customerWhisper": "CUSTOMER_WHISPER",
    "agentHold": "AGENT_HOLD",
    "agentWhisper": "AGENT_WHISPER",
    "outboundWhisper": "OUTBOUND_WHISPER",
    "agentTransfer": "AGENT_TRANSFER",
    "queueTransfer": "QUEUE_TRANSFER",
}


@dataclass(frozen=True)
class Header:
    """What Connect wants to know beside a flow's content."""

    type: str
    """One of CreateContactFlow's."""
    description: str | None


def header(content: str, source: str) -> Header:
    """Read from the flow's `Metadata`. Raises UserError where its `type` is not known."""
    found = json.loads(content).get("Metadata") or {}
    kind = found.get("type", "contactFlow") if isinstance(found, dict) else found
    if kind not in TYPES:
        raise UserError(f"{source}: Metadata.type is {kind!r}: use one of {', '.join(TYPES)}")
    return Header(TYPES[kind], found.get("description"))
