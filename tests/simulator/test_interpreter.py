"""A whole call."""

from patchbay.simulator.transcript import Who
from tests.simulator.world import FakeFunctions, answer, block, call, heard, invokes, says


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
