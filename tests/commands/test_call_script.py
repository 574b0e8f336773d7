"""`patchbay call --script`: a written call, replayed."""

import json
import re
from pathlib import Path

import pytest

from tests.commands.conftest import Cli
from tests.scripts import world
from tests.scripts.world import write

folder = world.folder


def test_a_call_that_goes_as_written_exits_with_0(cli: Cli, folder: Path) -> None:
    answer = cli("call", "--script", str(write(folder, "# Luc presses one.", "keys 1", "hears Hello, Luc.")))
    assert (answer.code, answer.err) == (0, "")
    assert "prompt   Hello, Luc." in answer.out
    assert "ended: transferred to queue" in answer.out
    assert answer.out.endswith("the call went as written\n")


def test_a_call_that_goes_otherwise_exits_with_1_and_tells_all_of_it(cli: Cli, folder: Path) -> None:
    path = write(folder, "keys 1", "hears Hello, Ana.", "ends disconnected by flow")
    answer = cli("call", "--script", str(path))
    assert (answer.code, answer.err) == (1, "")
    first, second, last = answer.out.splitlines()[-3:]
    assert first.startswith(f"{path}:4: hears Hello, Ana.: next came ")
    assert second.startswith(f"{path}:5: ends disconnected by flow: it ended transferred to queue: ")
    assert last == "2 of 3 lines of the written call did not come true"


def test_json_has_the_call_and_what_went_otherwise(cli: Cli, folder: Path) -> None:
    path = write(folder, "keys 1", "attribute name is Ana")
    answer = cli("call", "--script", str(path), "--json")
    assert answer.code == 1
    call = json.loads(answer.out)
    assert call["ended"] == "transferred to queue"
    assert call["script"] == str(path)
    assert call["misses"] == [{"line": 4, "expected": "attribute name is Ana", "happened": 'it is "Luc"'}]


def test_json_of_a_call_that_goes_as_written_misses_nothing(cli: Cli, folder: Path) -> None:
    answer = cli("call", "--script", str(write(folder, "keys 1")), "--json")
    assert (answer.code, json.loads(answer.out)["misses"]) == (0, [])


def test_the_same_flow_may_be_named_once_more(cli: Cli, folder: Path) -> None:
    path, flow = str(write(folder, "keys 1")), str(folder.parent / "menu.json")
    assert cli("call", flow, "--script", path).code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tutorial", "--script", "FILE"], "the written call .* calls '.*menu.json', not 'tutorial': leave"),
        (["--script", "FILE", "--digits", "1"], "--digits does not go with --script: write it into "),
        (["--script", "FILE", "--from", "+14165550011"], "--from does not go with --script"),
        (["--script", "FILE", "--attribute", "a=b"], "--attribute does not go with --script"),
        (["--script", "FILE", "--channel", "CHAT"], "--channel does not go with --script"),
        (["--script", "FILE", "--hours", "closed"], "--hours does not go with --script"),
        (["--script", "FILE", "--pace", "-1"], "invalid value for '--pace'"),
        (["--script", "nowhere.call"], "cannot read the written call nowhere.call: No such file"),
        (["--script", "FILE", "--env", "stage"], "environment 'stage' does not exist"),
    ],
)
def test_bad_input_is_one_sentence(cli: Cli, folder: Path, arguments: list[str], sentence: str) -> None:
    path = str(write(folder))
    complaint = cli("call", *(path if argument == "FILE" else argument for argument in arguments)).complaint
    assert re.search(sentence, complaint)


def test_a_line_that_cannot_be_read_is_named_before_anything_runs(cli: Cli, folder: Path) -> None:
    path = write(folder, "keys two")
    assert cli("call", "--script", str(path)).complaint.startswith(f"{path}:3: 'keys two' cannot be read: ")


def test_a_deployed_flow_asks_for_the_environment(cli: Cli, folder: Path) -> None:
    path = folder / "deployed.call"
    path.write_text("call front_desk")
    complaint = cli("call", "--script", str(path)).complaint
    assert complaint.startswith("flow 'front_desk' is on an instance of an environment: add --env, one of ")
