"""What kind of flow a file holds."""

import json
from typing import Any

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


def metadata(content: str, source: str) -> dict[str, Any]:
    """The flow's `Metadata`, with its `type` known. Raises UserError where it is not."""
    found = json.loads(content).get("Metadata") or {}
    kind = found.get("type", "contactFlow") if isinstance(found, dict) else found
    if kind not in TYPES:
        raise UserError(f"{source}: Metadata.type is {kind!r}: use one of {', '.join(TYPES)}")
    return dict(found)


def flow_type(content: str, source: str) -> str:
    """The Type that Connect knows the flow by."""
    return TYPES[metadata(content, source).get("type", "contactFlow")]
