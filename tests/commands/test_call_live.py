"""`patchbay call` in a terminal: the person there is the caller."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from patchbay import calls, output
from patchbay.commands.call import LIVE_PACE
from patchbay.simulator.participant import HungUp
from tests.commands.conftest import Cli
from tests.simulator.world import block, says, text

MENU = text(
    block(
        "menu",
        "GetParticipantInput",
        {"Text": "Press one.", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
        errors={"InputTimeLimitExceeded": "menu", "NoMatchingError": "menu"},
        conditions=[("Equals", "1", "one")],
    ),
    says("one", "You chose one."),
)
Type = Callable[..., None]


@pytest.fixture
def menu(tmp_path: Path) -> str:
    path = tmp_path / "menu.json"
    path.write_text(MENU)
    return str(path)


@pytest.fixture
def type_(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types these lines at a terminal: one a question, a function to do something else."""

    def at_terminal(*typed: str | Callable[[], str]) -> None:
        lines = iter(typed)

        def read(_prompt: str) -> str:
            line = next(lines)
            return line if isinstance(line, str) else line()

        monkeypatch.setattr(output, "converses", lambda: True)
        monkeypatch.setattr("builtins.input", read)

    return at_terminal


def test_the_flow_asks_and_the_person_keys(cli: Cli, menu: str, type_: Type) -> None:
    type_("", "1")
    answer = cli("call", menu)
    assert answer.code == 0
    assert answer.out.count("prompt   Press one.") == 2
    assert "5.0 s of silence: nothing is keyed" in answer.out
    assert "prompt   You chose one." in answer.out
    assert "caller" not in answer.out.partition("hangs up")[2].replace("the caller hangs up", "")
    assert "ended: disconnected by flow\nflow menu, contact " in answer.out


def test_the_person_hangs_up(cli: Cli, menu: str, type_: Type) -> None:
    type_("hang up")
    answer = cli("call", menu)
    assert answer.code == 0
    assert "ended: caller hung up" in answer.out


def test_ctrl_d_hangs_up(cli: Cli, menu: str, type_: Type) -> None:
    def ctrl_d() -> str:
        raise EOFError

    type_(ctrl_d)
    answer = cli("call", menu)
    assert (answer.code, "ended: caller hung up" in answer.out) == (0, True)


def test_ctrl_c_hangs_up_with_exit_code_130(cli: Cli, menu: str, type_: Type) -> None:
    def ctrl_c() -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return "never reached"

    type_(ctrl_c)
    answer = cli("call", menu)
    assert answer.code == 130
    assert "the caller hangs up" in answer.out
    assert "ended: caller hung up" in answer.out


@pytest.mark.parametrize("options", [["--digits", "1"], ["--json"]])
def test_prepared_keys_and_json_ask_nothing(cli: Cli, menu: str, type_: Type, options: list[str]) -> None:
    type_()
    assert cli("call", menu, *options).code == 0


def test_nobody_is_asked_where_there_is_no_terminal(cli: Cli, menu: str) -> None:
    assert "ended: caller hung up" in cli("call", menu).out


def test_a_call_at_a_pace_takes_its_time(
    cli: Cli, menu: str, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("patchbay.simulator.clock.time.sleep", slept.append)
    type_("1")
    assert cli("call", menu, "--pace", "0.5").code == 0
    assert sum(slept) == pytest.approx(0.5 * 2.0, abs=0.5)


@pytest.mark.parametrize(
    ("options", "heard"), [([], "We are open."), (["--hours", "closed"], "We are closed.")]
)
def test_the_hours_are_as_the_command_says(cli: Cli, tmp_path: Path, options: list[str], heard: str) -> None:
    hours = block(
        "hours",
        "CheckHoursOfOperation",
        conditions=[("Equals", "True", "open"), ("Equals", "False", "closed")],
        errors={"NoMatchingError": "sorry"},
    )
    path = tmp_path / "hours.json"
    path.write_text(text(hours, says("open", "We are open."), says("closed", "We are closed.")))
    assert f"prompt   {heard}" in cli("call", str(path), *options).out


def test_what_came_of_a_block_can_be_given(cli: Cli, tmp_path: Path) -> None:
    staffed = block(
        "staffed",
        "CheckMetricData",
        {"MetricType": "NumberOfAgentsStaffed"},
        conditions=[("NumberGreaterThan", "0", "somebody")],
        errors={"NoMatchingCondition": "nobody", "NoMatchingError": "sorry"},
    )
    path = tmp_path / "staffed.json"
    path.write_text(text(staffed, says("somebody", "One moment."), says("nobody", "Nobody is here.")))
    for number, heard in (("2", "One moment."), ("0", "Nobody is here.")):
        assert f"prompt   {heard}" in cli("call", str(path), "--given", f"staffed={number}").out


def test_the_installed_command_asks_at_a_real_terminal(menu: str) -> None:
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).parent / "patchbay"), "call", menu]
    kept = {"PATH": "/usr/bin:/bin", "HOME": os.devnull, "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=kept, cwd="/") as process:
        os.close(theirs)
        shown = b""
        while b"keys>" not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, b"1\n")
        while b"contact" not in shown:
            shown += os.read(ours, 4096)
        assert process.wait(timeout=10) == 0
    os.close(ours)
    assert b"You chose one." in shown
    assert b"ended: disconnected by flow" in shown


def test_a_live_call_to_deployed_functions_leaves_a_worker_some_time(
    cli: Cli, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces: list[object] = []

    class Line:
        resource_keys: ClassVar[dict[str, str]] = {}

        def call(self, *_: object, **how: object) -> None:
            paces.append(how["pace"])
            raise HungUp

    monkeypatch.setattr(calls, "line", lambda *_, **__: Line())
    type_()
    for option in ((), ("--pace", "0"), ("--pace", "1")):
        assert cli("call", "front_desk", "--env", "local", *option).code == 0
    assert paces == [LIVE_PACE, 0, 1]
