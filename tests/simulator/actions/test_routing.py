"""Queues, flows, waiting, and the ends of a flow."""

import pytest

from patchbay.simulator.flowlog import Entries
from patchbay.simulator.transcript import Who
from tests.simulator.world import block, call, contact, flow, heard, says

QUEUE = "arn:aws:connect:us-east-1:111122223333:instance/i/queue/support"
TO_QUEUE = block("transfer", "TransferContactToQueue", next_="end", errors={"NoMatchingError": "sorry"})


def working_queue(**parameters: object) -> dict[str, object]:
    return block(
        "queue", "UpdateContactTargetQueue", parameters, next_="transfer", errors={"NoMatchingError": "sorry"}
    )


def test_a_contact_waits_in_its_working_queue() -> None:
    log = Entries()

    result = call(working_queue(QueueId=QUEUE), TO_QUEUE, caller=contact(logging=True), log=log)

    assert result.ended == "transferred to queue"
    assert log.entries[0]["ContactFlowModuleType"] == "SetQueue"
    assert log.entries[0]["Parameters"] == {"Queue": QUEUE}


def test_a_queue_that_reads_as_nothing_takes_the_error_branch() -> None:
    assert heard(call(working_queue(QueueId="$.External.queue"), TO_QUEUE)) == ["Sorry."]


def test_a_transfer_without_working_queue_takes_the_error_branch() -> None:
    assert heard(call(TO_QUEUE)) == ["Sorry."]


def test_a_transfer_goes_on_in_a_flow_that_is_at_hand() -> None:
    sets = block("set", "UpdateFlowAttributes", {"FlowAttributes": {"step": {"Value": "1"}}}, next_="go")
    goes = block("go", "TransferToFlow", {"ContactFlowId": "arn:flow"})
    other = flow(says("hello", "Here step is '$.FlowAttributes.step'."), name="other")

    result = call(sets, goes, flows={"arn:flow": other})

    assert heard(result) == ["Here step is ''."]
    assert (result.flow, result.ended) == ("test", "disconnected by flow")


def test_a_transfer_to_another_flow_ends_the_call_here() -> None:
    result = call(block("go", "TransferToFlow", {"ContactFlowId": "arn:flow"}))

    assert result.ended == "transferred to flow"


def test_a_transfer_to_no_flow_takes_the_error_branch() -> None:
    goes = block("go", "TransferToFlow", {"ContactFlowId": ""}, errors={"NoMatchingError": "sorry"})

    assert heard(call(goes)) == ["Sorry."]


@pytest.mark.parametrize(
    ("type_", "ended"),
    [
        ("DisconnectParticipant", "disconnected by flow"),
        ("EndFlowExecution", "flow ended"),
        ("EndFlowModuleExecution", "module ended"),
    ],
)
def test_a_flow_ends_in_three_ways(type_: str, ended: str) -> None:
    assert call(block("last", type_, next_=None)).ended == ended


def iterative(**parameters: object) -> dict[str, object]:
    return block(
        "loop",
        "MessageParticipantIteratively",
        {"Messages": [{"Text": "Please hold."}, {"PromptId": "arn:music"}], **parameters},
        errors={"NoMatchingError": "sorry"},
        conditions=[("Equals", "MessagesInterrupted", "end")],
    )


def test_interrupted_messages_take_their_period() -> None:
    result = call(iterative(InterruptFrequencySeconds="20"))

    assert heard(result) == ["Please hold.", "[recorded prompt arn:music]"]
    assert result.transcript[-1].at_ms == 20_000
    assert result.ended == "disconnected by flow"


def test_messages_without_interruption_go_on_until_an_agent_answers() -> None:
    assert call(iterative()).ended == "waiting in queue"


def test_loop_prompts_do_not_work_on_chat() -> None:
    assert heard(call(iterative(), caller=contact("CHAT"))) == ["Sorry."]


def wait(limit: str = "90") -> dict[str, object]:
    return block(
        "wait",
        "Wait",
        {"TimeLimitSeconds": limit},
        errors={"NoMatchingError": "sorry"},
        conditions=[("Equals", "WaitCompleted", "end")],
    )


def test_waiting_takes_time_on_chat() -> None:
    result = call(wait(), caller=contact("CHAT"))

    assert heard(result, Who.SILENCE) == ["90.0 s of silence: the flow waits"]
    assert result.transcript[-1].at_ms == 90_000


@pytest.mark.parametrize(("channel", "limit"), [("VOICE", "90"), ("CHAT", "$.External.none")])
def test_a_wait_that_cannot_be_takes_the_error_branch(channel: str, limit: str) -> None:
    assert heard(call(wait(limit), caller=contact(channel))) == ["Sorry."]


def test_flows_that_transfer_to_each_other_for_ever_are_cut_off() -> None:
    goes = block("go", "TransferToFlow", {"ContactFlowId": "arn:b"})
    back = flow(block("back", "TransferToFlow", {"ContactFlowId": "arn:a"}), name="b")

    result = call(goes, flows={"arn:a": flow(goes), "arn:b": back}, step_limit=30)

    assert result.ended == "step limit"
