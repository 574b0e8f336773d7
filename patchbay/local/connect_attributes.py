"""Toggles of an embedded Amazon Connect instance, as DescribeInstanceAttribute shows them."""

import threading
from collections.abc import Mapping

from patchbay.local.connect_state import ConnectError
from patchbay.local.flow_errors import FLOW_LOGS

_DEFAULTS = {
    "INBOUND_CALLS": "true",
    "OUTBOUND_CALLS": "true",
    FLOW_LOGS: "true",
    "CONTACT_LENS": "false",
    "AUTO_RESOLVE_BEST_VOICES": "true",
    "USE_CUSTOM_TTS_VOICES": "false",
    "EARLY_MEDIA": "true",
    "MULTI_PARTY_CONFERENCE": "false",
    "HIGH_VOLUME_OUTBOUND": "false",
    "ENHANCED_CONTACT_MONITORING": "false",
    "ENHANCED_CHAT_MONITORING": "false",
    "MULTI_PARTY_CHAT_CONFERENCE": "false",
    "MESSAGE_STREAMING": "false",
    "AUTO_MUTE_AGENT_ON_HOLD": "false",
}
"""The types of Connect's API (API reference, DescribeInstanceAttribute). Flow logs are on: a real instance
has them off until somebody turns them on."""


class InstanceAttributes:
    """By instance id."""

    def __init__(self) -> None:
        self._changed: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def all(self, instance_id: str) -> Mapping[str, str]:
        """The value of each, by its type."""
        with self._lock:
            return {kind: self._changed.get((instance_id, kind), value) for kind, value in _DEFAULTS.items()}

    def get(self, instance_id: str, kind: str) -> str:
        """Raises InvalidParameterException where there is no such type."""
        return self.all(instance_id)[_known(kind)]

    def update(self, instance_id: str, kind: str, value: str) -> None:
        """Raises InvalidParameterException where there is no such type, or the value is not true or false."""
        if value.lower() not in ("true", "false"):
            raise ConnectError("InvalidParameterException", f"{value} is neither true nor false")
        with self._lock:
            self._changed[instance_id, _known(kind)] = value.lower()


def _known(kind: str) -> str:
    if kind not in _DEFAULTS:
        raise ConnectError("InvalidParameterException", f"{kind} is not an attribute type")
    return kind
