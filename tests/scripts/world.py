"""A menu in a file, and written calls for it."""

import json
from pathlib import Path

import pytest

from patchbay import scripts
from patchbay.scripts import Miss, WrittenCall
from patchbay.simulator.transcript import CallResult
from tests.simulator.world import block, says, text

MENU = text(
    block(
        "menu",
        "GetParticipantInput",
        {"Text": "Welcome. Press one.", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
        errors={"InputTimeLimitExceeded": "late", "NoMatchingCondition": "wrong", "NoMatchingError": "sorry"},
        conditions=[("Equals", "1", "look")],
    ),
    says("late", "Too late.", "menu"),
    says("wrong", "No such choice.", "menu"),
    block(
        "look",
        "InvokeLambdaFunction",
        {"LambdaFunctionARN": "{{function:lookup}}", "InvocationTimeLimitSeconds": "3"},
        next_="keep",
        errors={"NoMatchingError": "sorry"},
    ),
    block("keep", "UpdateContactAttributes", {"Attributes": {"name": "$.External.name"}}, next_="greet"),
    says("greet", "Hello, $.Attributes.name. Goodbye, $.Attributes.name.", "queue"),
    block("queue", "UpdateContactTargetQueue", {"QueueId": "{{resource:queue_french}}"}, next_="wait"),
    block("wait", "TransferContactToQueue", {}, errors={"NoMatchingError": "sorry"}),
)
SLOW = {"$stub": {"delay_ms": 2500, "response": {"name": "Luc"}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for written calls, below the one with the flow and the stub."""
    (tmp_path / "menu.json").write_text(MENU)
    (tmp_path / "slow.json").write_text(json.dumps(SLOW))
    calls = tmp_path / "calls"
    calls.mkdir()
    return calls


def write(folder: Path, *lines: str) -> Path:
    """A call of the menu."""
    path = folder / "menu.call"
    path.write_text("\n".join(["call menu.json from +14165550044", "stub lookup = slow.json", *lines]))
    return path


def written(folder: Path, *lines: str) -> WrittenCall:
    """The same, read."""
    return scripts.load(write(folder, *lines))


def played(folder: Path, *lines: str) -> tuple[CallResult, list[Miss]]:
    """The same, played."""
    return scripts.play(written(folder, *lines))


def missed(folder: Path, *lines: str) -> list[str]:
    """What happened in place of each line that did not come true."""
    return [miss.happened for miss in played(folder, *lines)[1]]
