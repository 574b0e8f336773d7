"""Calls the candidate with the recorded events before any caller does.

Source of what an invocation answers: Lambda API reference, Invoke. Payloads are never logged.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from common.response import ResponseType, refusal
from live_alias.converge import Clock
from release.evidence import WARM_UP, Unreadable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

MOST_EVENTS = 10
ATTEMPTS = 3
"""Of one event, while Lambda refuses or fails itself."""
RESERVE_SECONDS = 45.0
"""What must be left to begin a call: it may take 27 s, and the alias is written afterwards."""
SHOWN_CHARS = 160


@dataclass(frozen=True)
class Candidate:
    """What is called, and what it has to answer."""

    client: "LambdaClient"
    """Must wait longer than the function may take, and not retry."""
    function: str
    version: str
    response: ResponseType


@dataclass(frozen=True)
class WarmedUp:
    """How it went."""

    failure: str
    """A sentence; "" where every answer was right."""
    invoked: int
    events: int
    """How many are recorded; none is no failure."""


def recorded(folder: Path) -> dict[str, Any]:
    """The events by file name; {} where there is no such folder. Raises Unreadable."""
    try:
        return {path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
    except ValueError as error:
        raise Unreadable(f"a recorded event of {folder.name} is not JSON: {error}") from error


def warm_up(candidate: Candidate, events: Mapping[str, Any], clock: Clock) -> WarmedUp:
    """Stops at the first failure, after ten events, or when the time is used up.

    Raises Unreadable where Lambda gave no answer: that says nothing about the candidate.
    """
    invoked = 0
    for name, event in list(events.items())[:MOST_EVENTS]:
        if clock.remaining() < RESERVE_SECONDS:
            break
        invoked += 1
        if wrong := _call(candidate, _disguised(event), clock):
            return WarmedUp(f"{name}: {wrong}", invoked, len(events))
    if events and not invoked:
        raise Unreadable("the step has no time left for the warm-up")
    return WarmedUp("", invoked, len(events))


def _disguised(event: Any) -> bytes:
    """With a contact id that is no contact's, so that nothing of it counts as evidence."""
    copy = json.loads(json.dumps(event))
    details = copy.get("Details") if isinstance(copy, dict) else None
    data = details.get("ContactData") if isinstance(details, dict) else None
    if isinstance(data, dict):
        data["ContactId"] = f"{WARM_UP}{uuid4()}"
    return json.dumps(copy).encode()


def _call(candidate: Candidate, payload: bytes, clock: Clock) -> str:
    """What is wrong with the answer, "" where nothing."""
    for attempt in range(ATTEMPTS):
        try:
            answer = candidate.client.invoke(
                FunctionName=candidate.function, Qualifier=candidate.version, Payload=payload
            )
            body = answer["Payload"].read()
        except ClientError as error:
            if not _passes(error) or attempt + 1 == ATTEMPTS or clock.remaining() < RESERVE_SECONDS:
                raise Unreadable(f"cannot invoke version {candidate.version}: {error}") from error
            clock.sleep(2.0**attempt)
        except BotoCoreError as error:
            raise Unreadable(f"cannot invoke version {candidate.version}: {error}") from error
        else:
            return _error(body) if answer.get("FunctionError") else _refused(body, candidate.response)
    raise AssertionError


def _passes(error: ClientError) -> bool:
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return status == 429 or status >= 500


def _error(body: bytes) -> str:
    """As the runtime tells it: {"errorType", "errorMessage", ..}."""
    try:
        told = json.loads(body)
        words = ": ".join(str(told[key]) for key in ("errorType", "errorMessage") if told.get(key))
    except (ValueError, AttributeError):
        words = ""
    return _short(words or "the function failed without a message")


def _refused(body: bytes, response: ResponseType) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return "the answer is not JSON"
    return _short(refusal(answer, response) or "")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN_CHARS else f"{words[: SHOWN_CHARS - 3]}..."
