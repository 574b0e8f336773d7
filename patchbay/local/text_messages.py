"""Text messages on the embedded AWS: MiniStack keeps what SNS sends to a phone number."""

import json
import urllib.request
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

_PATH = "/_ministack/sns/sms-messages"
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""The shell's proxy does not know this machine's loopback."""


class EmbeddedPhone:
    """The phone with this number, from now on; implements `patchbay.simulator.phone.Phone`."""

    def __init__(self, url: str, number: str) -> None:
        self._query = f"{url}{_PATH}?{urlencode({'phoneNumber': number})}"
        self._number = number
        self._seen = {message["MessageId"] for message in self._messages()}

    def new_messages(self) -> Sequence[str]:
        """What any account and Region has sent to it since the last look."""
        new = [message for message in self._messages() if message["MessageId"] not in self._seen]
        self._seen.update(message["MessageId"] for message in new)
        return [message["Message"] for message in new]

    def _messages(self) -> list[dict[str, Any]]:
        with _direct.open(self._query, timeout=5) as answer:
            messages: list[dict[str, Any]] = json.load(answer)["sms_messages"][self._number]
        return messages
