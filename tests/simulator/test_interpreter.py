"""A whole call."""

from dataclasses import dataclass, field

import pytest

from patchbay.simulator.participant import HungUp, Prepared
from patchbay.simulator.transcript import Entry, Who
from tests.simulator.world import FakeFunctions, answer, block, call, failed, heard, invokes, says


def test_a_flow_that_never_ends_is_cut_off() -> None:
    result = call(block("round", "CreateTask", next_="round"), step_limit=50)

    assert result.ended == "step limit"
    assert "50 blocks ran" in heard(result, Who.FLOW)[-1]


def test_a_block_that_leads_nowhere_ends_the_call() -> None:
    assert call(block("last", "MessageParticipant", {"Text": "Bye."}, next_=None)).ended == "no next block"


def test_the_clock_only_moves_forward_and_nothing_sleeps() -> None:
    result = call(
        says("hello", "Hello there.", "invoke"), invokes(), functions=FakeFunctions([answer({}, 2999)])
    )

    times = [entry.at_ms for entry in result.transcript]
    assert times == sorted(times)
    assert times[-1] == 800 + 2999


def test_the_result_as_json_has_exactly_the_documented_keys() -> None:
    result = call(invokes()).as_dict()

    assert list(result) == ["contact_id", "flow", "transcript", "invocations", "attributes", "ended"]
    transcript, invocations = result["transcript"], result["invocations"]
    assert isinstance(transcript, list)
    assert isinstance(invocations, list)
    assert all(list(entry) == ["at_ms", "who", "text"] for entry in transcript)
    assert list(invocations[0]) == [
        "function", "alias", "version", "region", "attempts", "duration_ms", "outcome", "error",
    ]  # fmt: skip
    assert all(type(entry["who"]) is str for entry in transcript)


def test_a_call_needs_no_further_arguments() -> None:
    result = call(says("hello", "Hello."))

    assert (result.contact_id, result.flow, result.ended) == ("contact-1", "test", "disconnected by flow")


class Impatient(Prepared):
    """Puts the receiver down at a word."""

    def hears(self, entry: Entry) -> None:
        if "wait" in entry.text:
            raise HungUp


def test_a_caller_can_hang_up_in_the_middle() -> None:
    result = call(says("hello", "Hello.", "second"), says("second", "Please wait."), participant=Impatient())

    assert result.ended == "caller hung up"
    assert heard(result) == ["Hello.", "Please wait."]
    assert result.transcript[-1] == Entry(400, Who.FLOW, "the caller hangs up")


@dataclass
class Phone:
    """Gets one message a look."""

    messages: list[str] = field(default_factory=list)

    def new_messages(self) -> list[str]:
        return [self.messages.pop(0)] if self.messages else []


def test_a_text_message_that_a_function_sends_comes_in_behind_it() -> None:
    result = call(says("hello", "Hello.", "invoke"), invokes(), phone=Phone(["Your code is 123456"]))

    (at,) = [number for number, entry in enumerate(result.transcript) if entry.who is Who.PHONE]
    assert result.transcript[at].text == "text message: Your code is 123456"
    assert Who.LAMBDA in [entry.who for entry in result.transcript[:at]]


def test_the_phone_is_looked_at_before_keys_are_asked_for() -> None:
    asks = block("ask", "GetParticipantInput", {"Text": "Code?", "StoreInput": "True"})

    result = call(asks, digits=["1"], phone=Phone(["Your code is 123456"]))

    kinds = [entry.who for entry in result.transcript]
    assert kinds.index(Who.PROMPT) < kinds.index(Who.PHONE) < kinds.index(Who.CALLER)


def test_the_longest_silence_goes_on_until_the_next_prompt() -> None:
    functions = FakeFunctions([answer({}, 1000), answer({}, 1500), answer({}, 2000)])
    result = call(
        invokes("one", "two"),
        invokes("two", "hello"),
        says("hello", "Hello.", "three"),
        invokes("three"),
        functions=functions,
    )

    assert result.longest_silence_ms() == 2500


def test_a_silence_counts_where_nothing_was_said_at_all() -> None:
    assert call(invokes(), functions=FakeFunctions([answer({}, 1200)])).longest_silence_ms() == 1200


@pytest.mark.parametrize(("between", "longest"), [("two", 2500), ("hello", 1500)])
def test_the_longest_chain_is_broken_by_a_prompt(between: str, longest: int) -> None:
    result = call(
        invokes("one", between),
        says("hello", "Hello.", "two"),
        invokes("two"),
        functions=FakeFunctions([answer({}, 1000), answer({}, 1500)]),
    )

    assert result.longest_chain_ms == longest


def test_all_attempts_count_for_silence_and_chain() -> None:
    result = call(invokes(), functions=FakeFunctions([failed(duration_ms=500), answer({}, 400)]))

    assert (result.longest_silence_ms(), result.longest_chain_ms) == (900, 900)
