"""Entries of a flow log, parsed. Shape: administrator guide, "What data is gathered in flow logs"."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from patchbay.explain.model import Entry, LogLine

SETS_LOGGING = "SetLoggingBehavior"
AT_ONCE = frozenset(
    {
        "CheckAttribute",
        "CheckHoursOfOperation",
        "InvokeFlowModule",
        "Loop",
        "ReturnFromFlowModule",
        "SetAttributes",
        "SetContactData",
        "SetContactFlow",
        "SetFlowAttributes",
        "SetLoggingBehavior",
        "SetQueue",
        "SetRecordingBehavior",
        "SetVoice",
    }
)
"""Blocks that take no time, in which the caller hears nothing."""
ENDS = frozenset({"Disconnect", "Transfer", "Resume", "ReturnFromFlowModule"})
"""Blocks after which a flow need not write another entry."""


def parse(line: LogLine, instance: str) -> Entry | None:
    """None for what is no entry of a block."""
    try:
        raw = json.loads(line.message)
    except ValueError:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("ContactFlowModuleType"), str):
        return None
    results = raw.get("Results")
    return Entry(
        at=_time(raw.get("Timestamp"), line.at),
        written=line.at,
        instance=instance,
        contact=str(raw.get("ContactId", "")),
        flow=str(raw.get("ContactFlowName", "")),
        type=raw["ContactFlowModuleType"],
        block=str(raw.get("Identifier") or ""),
        parameters=_texts(raw.get("Parameters")),
        results=None if results is None else results if isinstance(results, str) else json.dumps(results),
        raw=raw,
    )


def ordered(lines: Iterable[LogLine], instance: str, contact: str | None = None) -> tuple[Entry, ...]:
    """By time; each once, and of one contact where that is named: a pattern also finds it inside others."""
    unique = {line.id or (line.at, line.message): line for line in lines}
    found = (parse(line, instance) for line in unique.values())
    kept = [entry for entry in found if entry and contact in (None, entry.contact.lower())]
    return tuple(sorted(kept, key=lambda entry: (entry.at, entry.written)))


def failures(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Lambda blocks that took their Error branch."""
    return tuple(entry for entry in entries if entry.failed)


def may_miss_some(entries: Sequence[Entry]) -> bool:
    """Whether the flow may have switched logging off in between or at the end.

    Where it is switched off there is no entry of it; where it is switched on, there is.
    """
    switched_on_later = any(entry.type == SETS_LOGGING for entry in entries[1:])
    return switched_on_later or not entries or entries[-1].type not in ENDS


def _time(written: object, otherwise: float) -> float:
    try:
        return datetime.fromisoformat(str(written)).timestamp()
    except ValueError:
        return otherwise


def _texts(parameters: Any) -> Mapping[str, str]:
    if not isinstance(parameters, dict):
        return {}
    return {str(key): str(value) for key, value in parameters.items()}
