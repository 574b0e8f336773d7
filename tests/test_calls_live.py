"""A person at a terminal as the caller."""

import os
import signal
from collections.abc import Iterator

import pytest

from patchbay.calls_live import Person, ctrl_c_hangs_up
from patchbay.simulator.participant import BotQuestion, HungUp, KeyQuestion, Utterance
from patchbay.simulator.transcript import Entry, Who

Capture = pytest.CaptureFixture[str]


def person(*typed: str) -> Person:
    lines: Iterator[str] = iter(typed)

    def ask(_who: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    return Person(ask)


def test_what_is_typed_is_keyed() -> None:
    assert person("1234#").keys() == "1234#"


def test_enter_alone_keys_nothing() -> None:
    assert person("").keys() is None


def test_what_no_telephone_has_is_asked_for_again_with_the_menus_keys(capsys: Capture) -> None:
    assert person("one", "1").keys(KeyQuestion(choices=("1", "2"))) == "1"
    assert "a telephone has the keys 0-9, * and #: the menu has 1, 2" in capsys.readouterr().out


def test_the_longest_entry_and_its_end_are_told_where_keys_are_stored(capsys: Capture) -> None:
    person("?", "").keys(KeyQuestion(longest=6, terminator="*"))
    assert "up to 6 keys, * ends the entry" in capsys.readouterr().out


def test_how_to_answer_is_told_once(capsys: Capture) -> None:
    caller = person("1", "2")
    caller.keys()
    caller.keys()
    assert capsys.readouterr().out.count("hang up or Ctrl-D") == 1


@pytest.mark.parametrize("typed", [["hang up"], ["Hang up"], ["hangup"], []])
def test_the_caller_hangs_up_by_word_or_by_ctrl_d(typed: list[str]) -> None:
    with pytest.raises(HungUp):
        person(*typed).keys()


def test_keys_that_were_typed_are_not_shown_a_second_time(capsys: Capture) -> None:
    caller = person("1")
    caller.keys()
    capsys.readouterr()
    caller.hears(Entry(0, Who.CALLER, "keys 1"))
    assert capsys.readouterr().out == ""
    caller.hears(Entry(0, Who.PROMPT, "You chose one."))
    assert "You chose one." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "utterance"),
    [
        (["pay it", "1"], Utterance("pay it", "PayBill")),
        (["pay it", "PayBill"], Utterance("pay it", "PayBill")),
        (["pay it", "2 with amount = 42"], Utterance("pay it", "CheckBalance", {"amount": "42"})),
        (["what?", ""], Utterance("what?", "FallbackIntent")),
        (["pay it", "paybill"], Utterance("pay it", "PayBill")),
        (["what?", "fallbackintent"], Utterance("what?", "FallbackIntent")),
        (["pay it", "7", "PayBil", "1"], Utterance("pay it", "PayBill")),
        ([""], None),
    ],
)
def test_the_person_says_which_intent_the_words_are(typed: list[str], utterance: Utterance | None) -> None:
    question = BotQuestion(("PayBill", "CheckBalance", "FallbackIntent"))
    assert person(*typed).says(question) == utterance


def test_where_the_flow_names_no_intent_any_name_will_do() -> None:
    assert person("pay it", "Pay").says(BotQuestion(())) == Utterance("pay it", "Pay")


def test_an_intent_that_the_flow_does_not_name_is_answered_with_those_that_it_does(capsys: Capture) -> None:
    person("pay it", "PayBil", "1").says(BotQuestion(("PayBill",)))
    assert (
        "the flow has no branch for 'PayBil': take one of 1 PayBill, or Enter alone"
        in capsys.readouterr().out
    )


def test_the_intents_to_choose_from_are_shown(capsys: Capture) -> None:
    person("pay it", "1").says(BotQuestion(("PayBill", "CheckBalance")))
    assert "intents: 1 PayBill, 2 CheckBalance" in capsys.readouterr().out


def test_resources_are_heard_of_by_their_names(capsys: Capture) -> None:
    caller = Person(names={"arn:q/1": "queue_french"})
    caller.hears(Entry(0, Who.FLOW, "the queue is set: arn:q/1"))
    assert capsys.readouterr().out.endswith("the queue is set: queue_french\n")


def test_a_person_is_not_impatient() -> None:
    assert not person().hangs_up()


def test_the_first_ctrl_c_hangs_up_and_the_second_interrupts() -> None:
    before = signal.getsignal(signal.SIGINT)
    with ctrl_c_hangs_up() as interrupted:
        assert not interrupted()
        with pytest.raises(HungUp):
            os.kill(os.getpid(), signal.SIGINT)
        assert interrupted()
        assert signal.getsignal(signal.SIGINT) is before
    assert signal.getsignal(signal.SIGINT) is before
