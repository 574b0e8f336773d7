"""`--json`: everything that is shown, and what it stands on."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from patchbay.explain.contact import Absent, Path
from patchbay.explain.flow_logs import Searched
from patchbay.explain.investigation import Explained
from patchbay.explain.model import Attempt, Entry
from patchbay.explain.recent import Recent
from patchbay.explain.unlogged import Unlogged


def path(found: Path) -> dict[str, Any]:
    """A contact that flow logs tell of."""
    return {
        "contact_id": found.contact,
        "found": True,
        "searched": searched(found.searched),
        "entries": [_entry(entry, found.block(entry)) for entry in found.entries],
        "without_entries": _unlogged(found.unlogged),
        "not_looked_at": list(found.unlogged.unread),
    }


def absent(found: Absent) -> dict[str, Any]:
    """A contact that no flow log tells of."""
    return {
        "contact_id": found.contact,
        "found": False,
        "sentence": found.headline,
        "reasons": list(found.reasons),
        "searched": searched(found.searched),
        "without_entries": _unlogged(found.unlogged),
        "not_looked_at": list(found.unlogged.unread),
    }


def recent(found: Recent, since: str) -> dict[str, Any]:
    """The failures of a period."""
    return {
        "since": since,
        "failures": found.failures,
        "left_out": found.left_out,
        "searched": searched(found.searched),
        "groups": [
            {
                "cause": str(group.kind),
                "function": group.function,
                "region": group.region,
                "version": group.version,
                "count": group.count,
                "first": moment(group.first),
                "last": moment(group.last),
                "contact_id": group.contact,
                "sentence": group.sentence,
                "certain": group.certain,
                "next": group.command,
            }
            for group in found.groups
        ],
    }


def searched(found: Iterable[Searched]) -> list[dict[str, Any]]:
    """What was looked at, log group by log group."""
    return [
        {
            "instance": each.instance,
            "log_group": each.group,
            "region": each.region,
            "entries": len(each.entries),
            "log_group_is_there": None if each.unread else not each.missing,
            "read_to_its_end": not (each.more or each.unread),
            **({"unread": each.unread.why, "missing_right": each.unread.right} if each.unread else {}),
        }
        for each in found
    ]


def moment(at: float) -> str:
    """ISO 8601, UTC, milliseconds."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _entry(entry: Entry, block: Explained | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "at": moment(entry.at),
        "instance": entry.instance,
        "flow": entry.flow,
        "block": entry.block,
        "type": entry.type,
        "results": entry.results,
        "parameters": dict(entry.parameters),
    }
    return {**told, "lambda": _block(block)} if block else told


def _block(block: Explained) -> dict[str, Any]:
    case, cause, silence = block.case, block.cause, block.silence
    return {
        "function_arn": case.entry.parameters.get("FunctionArn"),
        "region": case.target.region if case.target else None,
        "log_group": case.facts.log_group if case.facts else None,
        "time_limit_ms": case.entry.limit_ms,
        "version": case.version,
        "attempts": [_attempt(attempt) for attempt in case.attempts],
        "joined_by_time_only": case.joined.by_time,
        "silence": None
        if silence is None
        else {"ms": round(silence.ms), "basis": silence.basis, "at_most": silence.at_most},
        "cause": None
        if cause is None
        else {
            "kind": str(cause.kind),
            "sentence": cause.sentence,
            "certain": cause.certain,
            "evidence": list(cause.evidence),
        },
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "request_id": attempt.request,
        "version": attempt.version,
        "started": moment(attempt.started),
        "duration_ms": attempt.duration_ms,
        "init_ms": attempt.init_ms,
        "outcome": attempt.outcome,
        "failed": attempt.failed,
        "timed_out": attempt.timed_out,
        "error_type": attempt.fault.type if attempt.fault else None,
        "error_message": attempt.fault.message if attempt.fault else None,
        "lines": [{"at": moment(line.at), "message": line.message} for line in attempt.lines],
    }


def _unlogged(found: Unlogged) -> list[dict[str, Any]]:
    return [
        {
            "function": each.function,
            "region": each.region,
            "attempts": [_attempt(attempt) for attempt in each.attempts],
        }
        for each in found.ran
    ]
