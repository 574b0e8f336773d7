"""An AWS in this process: every request takes its time and gets an answer, and when it came is written down.

Requests go all the way through botocore, but for the connection; bodies are empty, and what they would say
is put into the parsed answer.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.awsrequest import AWSResponse, HTTPHeaders

from patchbay.aws import Aws
from patchbay.config import Environment

Answer = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""What an operation answers, from its Region and parameters."""


@dataclass(frozen=True)
class Sent:
    """A request as the service saw it."""

    service: str
    operation: str
    region: str
    account: str
    at: float
    """Seconds of the monotonic clock."""


class CannedAws(Aws):
    """The clients of an environment, none of which reaches a network."""

    def __init__(
        self, environment: Environment, answers: Mapping[str, Answer], latency_seconds: float
    ) -> None:
        super().__init__(environment)
        self.sent: list[Sent] = []
        self._answers = answers
        self._latency = latency_seconds
        self._serving = threading.Lock()

    def client(self, service: Any, region: str, account: str = "", **config: Any) -> Any:
        """As any Aws; served from here from the first time on."""
        made = super().client(service, region, account, **config)
        with self._serving:
            self._serve(made, service, region, account or self.account)
        return made

    def _serve(self, made: Any, service: str, region: str, account: str) -> None:
        def keep(params: Mapping[str, Any], context: dict[str, Any], **_: Any) -> None:
            context["parameters"] = dict(params)

        def send(event_name: str, request: Any, **_: Any) -> AWSResponse:
            operation = event_name.rpartition(".")[2]
            self.sent.append(Sent(service, operation, region, account, time.monotonic()))
            time.sleep(self._latency)
            return AWSResponse(request.url, 200, HTTPHeaders(), _Body(_empty(made, operation)))

        def fill(parsed: dict[str, Any], model: Any, context: Mapping[str, Any], **_: Any) -> None:
            parsed.update(self._answers[model.name](region, context["parameters"]))

        events = made.meta.events
        events.register_last("before-parameter-build", keep, unique_id="canned-keep")
        events.register("before-send", send, unique_id="canned-send")
        events.register_first("after-call", fill, unique_id="canned-fill")


def _empty(client: Any, operation: str) -> bytes:
    if client.meta.service_model.resolved_protocol == "query":
        return f"<Answer><{operation}Result/></Answer>".encode()
    return b"{}"


@dataclass(frozen=True)
class _Body:
    """As urllib3 gives it."""

    text: bytes

    def stream(self, *_: object, **__: object) -> list[bytes]:
        return [self.text]
