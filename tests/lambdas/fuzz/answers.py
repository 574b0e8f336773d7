"""One invocation of a handler, and what must hold for it whatever the event."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from common.event import NotAConnectEvent
from common.response import refusal
from patchbay.functions import Function
from tests.lambdas.fuzz import logged
from tests.lambdas.fuzz.events import contact_id
from tests.lambdas.fuzz.logged import Log
from tests.lambdas.invocations import invoke, settings_of
from tests.lambdas.test_contract import paths

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
settings = cache(settings_of)
IN_NO_HURRY = SimpleNamespace(
    aws_request_id="request-1", function_version="7", get_remaining_time_in_millis=lambda: 60_000
)
"""Lambda's context; a busy machine must not look like a function out of time."""


@dataclass(frozen=True)
class Asked:
    """A function, an event for it, and what must stay out of the log."""

    function: str
    raw: Any
    log: Log
    secrets: frozenset[str] = frozenset()

    def answer(self) -> dict[str, Any] | None:
        """What the flow gets; None for a payload that is no event, which has to raise."""
        secrets = self.secrets | logged.personal(self.raw)
        self.log.take()
        try:
            answer = invoke(self.function, self.raw, IN_NO_HURRY)
        except NotAConnectEvent as error:
            assert contact_id(self.raw) is None
            logged.check_raised(error, secrets)
            logged.check(self.log.take(), secrets)
            return None
        lines = logged.check(self.log.take(), secrets)
        assert {line["contact_id"] for line in lines} == {contact_id(self.raw)}
        check_answer(answer, settings(self.function))
        return answer


def check_answer(answer: dict[str, Any], function: Function) -> None:
    """Connect accepts it, and a flow can read all of it and branch on what went wrong."""
    assert refusal(answer, function.response) is None
    assert set(paths(answer)) <= set(function.returns or ())
    assert all(isinstance(value, str) and value for value in _leaves(answer))
    if answer.get("status") == "error":
        assert set(answer) == {"status", "errorType", "retryable"}
        assert _IDENTIFIER.fullmatch(answer["errorType"])
        assert answer["retryable"] in ("true", "false")
    else:
        assert answer.get("status", "ok") == "ok"


def operation(raw: Any) -> str | None:
    """The parameter `operation` as the handlers read it; None where the event has none."""
    details = raw.get("Details") if isinstance(raw, Mapping) else None
    parameters = details.get("Parameters") if isinstance(details, Mapping) else None
    found = parameters.get("operation") if isinstance(parameters, Mapping) else None
    return found.strip() if isinstance(found, str) else None


def sendable(value: object) -> None:
    """Lambda sends an answer as UTF-8 JSON, and JSON has no NaN. Raises where it cannot."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def _leaves(answer: Mapping[str, Any]) -> Iterator[object]:
    for value in answer.values():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        else:
            yield value
