"""One event of a function's log as a value; what is nothing of ours is None.

Sources: Lambda developer guide, "Log format" of the Python pages (START, END, REPORT, and the stream's name
`2026/01/31/[VERSION]...`), "Understanding the Lambda execution environment lifecycle" (INIT_REPORT), "Log
formats" and the Telemetry API's event schema (platform.start, platform.report, platform.initReport).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STARTED_MESSAGE, ENDED_MESSAGE = "invocation started", "invocation"
"""Of the decorator, in lambdas/common/log.py."""

_VERSION_OF_STREAM = re.compile(r"\[(\$LATEST|\d+)\]")
_START = re.compile(r"START RequestId: (\S+)(?: Version: (\S+))?")
_MARKS = ('"invocation', '"platform.')
# A Status that is not this: `timeout`, `error`, or `failure`.
_SUCCESS = "success"


@dataclass(frozen=True)
class Begun:
    """Lambda gave the request to the version."""

    request: str
    version: str | None


@dataclass(frozen=True)
class Started:
    """The decorator's first line."""

    request: str
    version: str | None
    contact: str | None


@dataclass(frozen=True)
class Ended:
    """The decorator's second line."""

    request: str
    version: str | None
    contact: str | None
    outcome: str
    duration_ms: float


@dataclass(frozen=True)
class Report:
    """Lambda's account of one request."""

    request: str
    duration_ms: float
    init_ms: float
    """What came before: initialization or restoring, 0 in a warm environment."""
    failed: bool
    """Lambda says so; the text format of a success says nothing."""


@dataclass(frozen=True)
class InitFailed:
    """An environment did not come up at first; Lambda then tries again as part of the request.

    The first try is not in that request's duration, the second is.
    """

    init_ms: float


Fact = Begun | Started | Ended | Report | InitFailed


@dataclass(frozen=True)
class Line:
    """A fact, and where and when it was written."""

    at: float
    """Epoch seconds."""
    stream: str
    fact: Fact


def parse(message: str, stream: str, at: float) -> Line | None:
    """None for everything else that a function writes, JSON that is cut off included."""
    fact = _fact(message.strip())
    return Line(at, stream, fact) if fact else None


def version_of(stream: str) -> str | None:
    """The version that a log stream is of; None where its name does not say."""
    found = _VERSION_OF_STREAM.search(stream)
    return found[1] if found else None


def _fact(message: str) -> Fact | None:
    if message.startswith("{"):
        return _structured(message) if any(mark in message for mark in _MARKS) else None
    if message.startswith("START "):
        found = _START.match(message)
        return Begun(found[1], found[2]) if found else None
    if message.startswith("REPORT "):
        return _report(_columns(message.removeprefix("REPORT ")))
    if message.startswith("INIT_REPORT "):
        return _init_report(_columns(message.removeprefix("INIT_REPORT ")))
    return None


def _columns(text: str) -> dict[str, str]:
    pairs = (column.partition(":") for column in re.split(r"[\t\n]+", text))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _report(columns: Mapping[str, str]) -> Report | None:
    if not columns.get("RequestId") or "Duration" not in columns:
        return None
    before = _milliseconds(columns.get("Init Duration")) + _milliseconds(columns.get("Restore Duration"))
    failed = columns.get("Status", _SUCCESS) != _SUCCESS
    return Report(columns["RequestId"], _milliseconds(columns["Duration"]), before, failed)


def _init_report(columns: Mapping[str, str]) -> InitFailed | None:
    if columns.get("Status", _SUCCESS) == _SUCCESS or columns.get("Phase", "init") != "init":
        return None
    return InitFailed(_milliseconds(columns.get("Init Duration")))


def _milliseconds(text: str | None) -> float:
    found = re.match(r"[\d.]+", text or "")
    return _number(found[0]) if found else 0.0


def _structured(message: str) -> Fact | None:
    try:
        raw = json.loads(message)
    except ValueError:
        return None
    if not isinstance(raw, dict):
        return None
    record = raw.get("record")
    if isinstance(record, dict):
        return _platform(str(raw.get("type")), record)
    return _ours(raw)


def _ours(raw: Mapping[str, Any]) -> Started | Ended | None:
    request, version, contact = (_text(raw.get(k)) for k in ("request_id", "function_version", "contact_id"))
    if request is None:
        return None
    if raw.get("message") == STARTED_MESSAGE:
        return Started(request, version, contact)
    if raw.get("message") == ENDED_MESSAGE and "outcome" in raw:
        return Ended(request, version, contact, str(raw["outcome"]), _number(raw.get("duration_ms")))
    return None


def _platform(kind: str, record: Mapping[str, Any]) -> Fact | None:
    metrics = record.get("metrics")
    metrics = metrics if isinstance(metrics, dict) else {}
    failed = record.get("status", _SUCCESS) != _SUCCESS
    if kind == "platform.initReport":
        first = record.get("phase", "init") == "init"
        return InitFailed(_number(metrics.get("durationMs"))) if failed and first else None
    request = _text(record.get("requestId"))
    if request is None:
        return None
    if kind == "platform.start":
        return Begun(request, _text(record.get("version")))
    if kind == "platform.report":
        before = _number(metrics.get("initDurationMs")) + _number(metrics.get("restoreDurationMs"))
        return Report(request, _number(metrics.get("durationMs")), before, failed)
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]  # whatever the JSON holds
    except (TypeError, ValueError):
        return 0.0
