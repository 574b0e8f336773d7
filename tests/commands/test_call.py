"""`patchbay call` of a file with stubs and no AWS, bad input, and the installed command that takes both."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from patchbay.environments import ROOT
from patchbay.simulator.transcript import Who
from tests.commands.conftest import Cli
from tests.local.embedded import FLOW

TUTORIAL = str(ROOT / "flows" / "tutorial.json")
MENU = str(ROOT / "tests" / "data" / "flows" / "menu_with_everything.json")
BALANCE = {"customerBalance": "1234", "websiteUrl": "www.example.com"}
PATCHBAY = str(Path(sys.executable).parent / "patchbay")


@pytest.fixture
def stub(tmp_path: Path) -> str:
    return stub_file(tmp_path, BALANCE)


def stub_file(folder: Path, content: object) -> str:
    path = folder / "balance.json"
    path.write_text(json.dumps(content))
    return f"--stub=tutorial={path}"


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("offline")
def test_a_file_with_stubs_needs_no_aws_and_shows_what_the_caller_hears(cli: Cli, stub: str) -> None:
    answer = cli("call", TUTORIAL, stub)
    assert (answer.code, answer.err) == (0, "")
    assert "Hello, thank you for calling GGG inc." in answer.out
    assert "Your remaining balance is 1234." in answer.out
    assert "Visit www.example.com for more information." in answer.out
    assert answer.out.endswith("ended: disconnected by flow\n")
    assert " 0:00.0  prompt" in answer.out


@pytest.mark.usefixtures("offline")
def test_json_is_one_object_with_the_whole_call(cli: Cli, stub: str) -> None:
    answer = cli("call", TUTORIAL, stub, "--attribute", "language=fr-CA", "--json")
    assert (answer.code, answer.err) == (0, "")
    call: dict[str, Any] = json.loads(answer.out)
    assert set(call) == {"contact_id", "flow", "transcript", "invocations", "attributes", "ended"}
    assert call["flow"] == "tutorial"
    assert call["ended"] == "disconnected by flow"
    assert call["attributes"] == {
        "language": "fr-CA",
        "companyName": "GGG",
        "MyBalance": "1234",
        "MyURL": "www.example.com",
    }
    assert all(set(entry) == {"at_ms", "who", "text"} for entry in call["transcript"])
    assert {entry["who"] for entry in call["transcript"]} <= {str(who) for who in Who}
    (invocation,) = call["invocations"]
    assert set(invocation) == {
        "function",
        "alias",
        "version",
        "region",
        "attempts",
        "duration_ms",
        "outcome",
        "error",
    }
    assert (invocation["attempts"], invocation["outcome"], invocation["error"]) == (1, "success", None)


@pytest.mark.usefixtures("offline")
def test_the_error_branch_is_a_call_too_and_the_silence_is_told(cli: Cli, tmp_path: Path) -> None:
    failing = stub_file(tmp_path, {"$stub": {"error": "no such table", "delay_ms": 1200}})
    answer = cli("call", TUTORIAL, failing)
    assert (answer.code, answer.err) == (0, "")
    assert "Please try again later." in answer.out
    assert "no such table" in answer.out
    assert "of silence" in answer.out


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("channel", ["VOICE", "CHAT", "TASK", "EMAIL"])
def test_a_contact_comes_in_over_any_channel(cli: Cli, stub: str, channel: str) -> None:
    answer = cli("call", TUTORIAL, stub, "--channel", channel)
    assert answer.code == 0
    assert "1234" in answer.out


@pytest.mark.usefixtures("offline")
def test_the_caller_keys_the_digits_in_order(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    path.write_text('{"status": "on its way"}')
    answer = cli("call", MENU, "--digits", "9,1", f"--stub=<<order-status>>={path}", "--json")
    transcript = json.loads(answer.out)["transcript"]
    assert [entry["text"] for entry in transcript if entry["who"] == "caller"] == ["keys 9", "keys 1"]
    assert "Your order is on its way." in answer.out


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("address", ["+14165550199", "ada@example.com"])
def test_the_caller_has_a_number_or_an_address(cli: Cli, stub: str, address: str) -> None:
    assert cli("call", TUTORIAL, stub, "--from", address).code == 0


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["flows/nowhere.json"], "cannot read the flow file flows/nowhere.json: No such file"),
        (["./"], "cannot read the flow file ./: Is a directory"),
        ([TUTORIAL, "--from", "anonymous"], "--from 'anonymous' is neither a number like"),
        ([TUTORIAL, "--from", "+0123"], "--from '\\+0123' is neither a number like"),
        ([TUTORIAL, "--attribute", "language"], "--attribute 'language' is not KEY=VALUE"),
        ([TUTORIAL, "--attribute", "=fr"], "--attribute '=fr' is not KEY=VALUE"),
        ([TUTORIAL, "--given", "Menu"], "--given 'Menu' is not .* for instance --given CreateCase=success"),
        ([TUTORIAL, "--stub", "tutorial"], "--stub 'tutorial' is not FUNCTION=FILE.json"),
        ([TUTORIAL, "--stub", "tutorial=no.json"], "cannot read no.json: No such file"),
        (
            ["tutorial"],
            "flow 'tutorial' is on an instance of an environment: add --env, one of dev, local, prod",
        ),
        (
            ["tutorial", "--env", "stage"],
            "environment 'stage' does not exist: choose one of dev, local, prod",
        ),
        (["tutorial", "--env", ""], "no environment named"),
        (["tutorial", "--env", "dev", "--instance", "emea"], "instance 'emea' is not in environment dev"),
        (["tutorial", "--env", "local"], "no embedded AWS runs: start one"),
        ([TUTORIAL, "--channel", "FAX"], "'FAX' is not one of 'VOICE', 'CHAT', 'TASK', 'EMAIL'"),
        ([TUTORIAL, "--speed", "fast"], "no such option: --speed .*--pace.*: see `patchbay call --help`"),
        ([TUTORIAL, "--digits", "1,two"], "--digits.*two"),
        ([], "missing argument 'FLOW': see `patchbay call --help`"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(cli: Cli, arguments: list[str], sentence: str) -> None:
    assert re.search(sentence, cli("call", *arguments).complaint)


@pytest.mark.usefixtures("offline")
def test_a_missing_stub_is_named_with_its_block_and_the_option_to_add(cli: Cli) -> None:
    complaint = cli("call", TUTORIAL).complaint
    assert "block 'Look up the balance' of flow tutorial" in complaint
    assert complaint.endswith("which has no stub: add --env NAME, or --stub tutorial=FILE.json")


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("no JSON", "is not JSON"),
        ("[]", "is not in the Amazon Connect Flow language"),
        (FLOW.replace('"StartAction": "bye"', '"StartAction": "hi"'), "has StartAction 'hi', which is none"),
        ("\udcff", "cannot read the flow file"),
    ],
)
def test_a_file_that_is_no_flow_is_one_sentence(
    cli: Cli, tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "flow.json"
    path.write_bytes(content.encode(errors="surrogateescape"))
    assert sentence in cli("call", str(path)).complaint


def patchbay(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed command, with no AWS to find."""
    kept = {"PATH": "/usr/bin:/bin", "HOME": os.devnull, "LANG": "C.UTF-8"}
    return subprocess.run([PATCHBAY, *arguments], capture_output=True, text=True, env=kept, cwd="/")


def test_the_installed_command_calls_a_file_with_a_stub(stub: str) -> None:
    done = patchbay("call", TUTORIAL, stub)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Your remaining balance is 1234." in done.stdout


def test_the_installed_command_refuses_with_exit_code_2(stub: str) -> None:
    done = patchbay("call", TUTORIAL, stub, "--from", "nobody")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("patchbay: --from 'nobody' is neither")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["frobnicate"], ["local", "frobnicate"]])
def test_an_unknown_command_is_one_sentence(cli: Cli, arguments: list[str]) -> None:
    assert "no such command 'frobnicate': see `patchbay " in cli(*arguments).complaint


@pytest.mark.parametrize("arguments", [[], ["local"]])
def test_no_command_is_one_sentence_with_the_help_to_ask_for(cli: Cli, arguments: list[str]) -> None:
    asked = " ".join(["patchbay", *arguments, "--help"])
    assert cli(*arguments).complaint == f"missing command: see `{asked}`"


@pytest.mark.parametrize("arguments", [["--help"], ["call", "--help"], ["local", "start", "--help"]])
def test_help_is_data(cli: Cli, arguments: list[str]) -> None:
    answer = cli(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Usage: patchbay")
