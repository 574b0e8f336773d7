"""Written calls, played: the caller's answers, and the calls of this project that need no environment."""

from pathlib import Path

import pytest

from patchbay import scripts
from patchbay.environments import ROOT
from patchbay.errors import UserError
from patchbay.scripts import WrittenCall, reading
from patchbay.scripts.caller import ScriptedCaller, code
from patchbay.simulator.participant import Utterance
from patchbay.simulator.transcript import Entry, Who
from tests.scripts import world
from tests.scripts.world import played, written
from tests.simulator.world import heard

folder = world.folder
CALLS = [scripts.load(path) for path in sorted((ROOT / "tests" / "calls").glob("*.call"))]
OFFLINE = [call for call in CALLS if not call.needs_environment]


@pytest.mark.parametrize("call", OFFLINE, ids=lambda call: Path(call.path).stem)
def test_the_call_goes_as_written(call: WrittenCall) -> None:
    assert [str(miss) for miss in scripts.play(call)[1]] == []


def test_there_are_calls_that_need_no_environment() -> None:
    assert len(OFFLINE) >= 3


def test_a_question_without_an_answer_is_left_alone_and_the_third_time_ends_the_call(folder: Path) -> None:
    result, misses = played(folder, "ends caller hung up")
    assert misses == []
    assert len(heard(result, Who.SILENCE)) == 3


def test_the_caller_hangs_up_at_the_next_question(folder: Path) -> None:
    result, misses = played(folder, "keys 9", "hangs up")
    assert misses == []
    assert heard(result) == ["Welcome. Press one.", "No such choice."]


def test_nothing_keyed_is_an_answer_of_its_own(folder: Path) -> None:
    result, _ = played(folder, "keys nothing", "keys nothing", "keys nothing", "keys 1")
    assert result.ended == "transferred to queue"


def test_a_deployed_flow_needs_an_environment(folder: Path) -> None:
    path = folder / "deployed.call"
    path.write_text("call front_desk")
    with pytest.raises(UserError, match="calls the deployed flow 'front_desk': add --env"):
        scripts.play(scripts.load(path))


def test_the_listener_is_told_each_line_as_it_happens(folder: Path) -> None:
    told: list[Entry] = []
    result, _ = scripts.play(written(folder, "keys 1"), listener=told.append)
    assert tuple(told) == result.transcript


def test_a_further_stub_goes_before_the_scripts_own(folder: Path) -> None:
    (folder / "other.json").write_text('{"name": "Zoë"}')
    call = written(folder, "keys 1")
    result, _ = scripts.play(call, stub=[f"lookup={folder / 'other.json'}"])
    assert result.attributes == {"name": "Zoë"}


def caller(*lines: str) -> ScriptedCaller:
    return ScriptedCaller.of(reading.parse("\n".join(["call front_desk", *lines]), "x.call"))


def test_the_code_is_that_of_the_newest_text_message() -> None:
    person = caller("keys the code from the text message")
    for number in ("111111", "222222"):
        person.hears(Entry(0, Who.PHONE, f"text message: Your Patchbay code is {number}"))
    person.hears(Entry(0, Who.PROMPT, "Key the code, 6 digits."))
    assert person.keys() == "222222"


def test_without_a_text_message_no_code_is_keyed() -> None:
    assert caller("keys the code from the text message").keys() is None
    assert code("text message: hello") is None


def test_words_and_keys_are_answers_to_questions_of_their_own() -> None:
    person = caller('says "Pay" meaning PayBill', "keys 1", "says nothing")
    assert person.keys() == "1"
    assert person.says() == Utterance("Pay", "PayBill")
    assert not person.hangs_up()
    assert person.says() is None
    assert (person.keys(), person.says(), person.hangs_up()) == (None, None, False)
    person.keys()
    assert person.hangs_up()
