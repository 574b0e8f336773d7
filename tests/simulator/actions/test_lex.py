"""Get customer input with a Lex V2 bot."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from patchbay.errors import UserError
from patchbay.simulator.functions import Reply
from patchbay.simulator.given import Given
from patchbay.simulator.participant import Prepared, Utterance
from patchbay.simulator.stubs import StubFunctions
from patchbay.simulator.transcript import CallResult, Invocation, Who
from tests.simulator.world import (
    ALIAS,
    UNANSWERED,
    FakeFunctions,
    answer,
    block,
    call,
    contact,
    failed,
    heard,
    policy,
    says,
    statement,
)

BOT = "arn:aws:lex:us-east-1:111122223333:bot-alias/BOT1234567/ALIAS12345"
PAY = Utterance("pay my bill", "PayBill", {"card": "visa"})
LEX = policy(
    statement(
        Principal={"Service": "lexv2.amazonaws.com"},
        Condition={"StringEquals": {"AWS:SourceAccount": "111122223333"}, "ArnLike": {"AWS:SourceArn": BOT}},
    )
)


def close(state: str = "Fulfilled", action: str = "Close", **session: object) -> Reply:
    """What a fulfilment function returns."""
    return answer(
        {
            "sessionState": {
                "dialogAction": {"type": action},
                "intent": {"name": "PayBill", "state": state, "slots": {}},
                "sessionAttributes": session,
            },
            "messages": [{"contentType": "PlainText", "content": f"{state}, said the bot."}],
        },
        700,
    )


def ask(
    *utterances: Utterance,
    functions: FakeFunctions | StubFunctions | None = None,
    channel: str = "VOICE",
    errors: Sequence[str] = ("NoMatchingCondition",),
    given: Mapping[str, Given] | None = None,
) -> CallResult:
    """A call that meets the bot; with functions, one of them fulfils its intents."""
    parameters = {
        "Text": "How can I help?",
        "LexV2Bot": {"AliasArn": "$.Attributes.bot"},
        "LexSessionAttributes": {"customerId": "$.CustomerId"},
    }
    return call(
        block(
            "ask",
            "ConnectParticipantWithLexBot",
            parameters,
            next_="end",
            errors={"NoMatchingError": "sorry", **dict.fromkeys(errors, "default")},
            conditions=[("Equals", "PayBill", "pay")],
        ),
        says(
            "pay",
            "$.Lex.IntentName $.Lex.Slots.card $.Lex.SessionAttributes.payment $.Lex.IntentConfidence.Score",
        ),
        says("default", "Default."),
        caller=contact(channel, customer_id="C-7", attributes={"bot": BOT}),
        participant=Prepared.of(utterances=utterances),
        functions=functions or FakeFunctions(),
        bots={BOT: ALIAS} if functions else None,
        given=given,
    )


def test_an_intent_takes_its_branch_and_can_be_read() -> None:
    result = ask(PAY)

    assert heard(result) == ["How can I help?", "PayBill visa  "]
    assert heard(result, Who.CALLER) == ["says 'pay my bill'"]
    assert "the bot understands PayBill (card = 'visa')" in heard(result, Who.FLOW)
    assert result.invocations == ()


def test_confidence_can_be_read_where_it_was_given() -> None:
    given = {"ask": Given(data={"Lex": {"IntentConfidence": {"Score": "0.9"}}})}

    assert heard(ask(PAY, given=given))[1] == "PayBill visa  0.9"


def test_an_intent_without_a_branch_takes_no_match() -> None:
    assert heard(ask(Utterance("hello", "Greet"))) == ["How can I help?", "Default."]


@pytest.mark.parametrize(
    ("channel", "errors", "branch"),
    [
        ("VOICE", ["NoMatchingCondition"], "no condition for 'FallbackIntent'"),
        ("VOICE", ["InputTimeLimitExceeded"], "nothing was said in time"),
        ("CHAT", ["InputTimeLimitExceeded"], "nothing was said in time"),
    ],
)
def test_silence_is_the_fallback_intent_or_has_a_branch_of_its_own(
    channel: str, errors: list[str], branch: str
) -> None:
    result = ask(channel=channel, errors=errors)

    assert heard(result)[1] == "Default."
    assert heard(result, Who.BRANCH)[0].endswith(branch)
    assert heard(result, Who.SILENCE) == ["4.0 s of silence: nothing is said"]


def test_a_task_cannot_talk_to_a_bot() -> None:
    assert heard(ask(PAY, channel="TASK"), Who.BRANCH)[0].endswith("a bot cannot talk on TASK")


def test_a_caller_who_never_answers_hangs_up() -> None:
    participant = Prepared.of()
    participant.unanswered = 3

    result = call(block("ask", "ConnectParticipantWithLexBot", {"Text": "Hello?"}), participant=participant)

    assert result.ended == "caller hung up"


def test_the_function_gets_the_event_of_a_fulfilment_code_hook() -> None:
    functions = FakeFunctions([close()], document=LEX)

    ask(PAY, functions=functions)

    event: Any = functions.events[0]
    slot = {"originalValue": "visa", "interpretedValue": "visa", "resolvedValues": ["visa"]}
    assert functions.invoked == [("3", 30.0)]
    assert (event["invocationSource"], event["sessionId"]) == ("FulfillmentCodeHook", "contact-1")
    assert (event["inputTranscript"], event["inputMode"]) == ("pay my bill", "Speech")
    assert event["bot"] == {"id": "BOT1234567", "aliasId": "ALIAS12345", "localeId": "en_US"}
    assert event["sessionState"] == {
        "activeContexts": [],
        "sessionAttributes": {"customerId": "C-7"},
        "intent": {
            "name": "PayBill",
            "slots": {"card": {"shape": "Scalar", "value": slot}},
            "state": "ReadyForFulfillment",
            "confirmationState": "None",
        },
    }


def test_the_functions_answer_is_spoken_and_its_session_attributes_are_kept() -> None:
    result = ask(PAY, functions=FakeFunctions([close(payment="paid")], document=LEX))

    assert heard(result) == ["How can I help?", "Fulfilled, said the bot.", "PayBill  paid "]
    assert result.invocations == (Invocation("lookup", "live", "3", "us-west-2", 1, 700, "success", None),)
    assert heard(result, Who.SILENCE) == ["0.7 s of silence: lookup runs"]
    assert heard(result, Who.LAMBDA)[0].startswith("lookup version 3 in us-west-2: answered in 700 ms")


def test_an_intent_that_the_function_leaves_as_failed_is_an_error_that_says_it_is_not_published() -> None:
    result = ask(PAY, functions=FakeFunctions([close("Failed")], document=LEX))

    assert heard(result) == ["How can I help?", "Failed, said the bot.", "Sorry."]
    assert "AWS does not publish this branch" in heard(result, Who.BRANCH)[0]


@pytest.mark.parametrize(
    ("reply", "document", "outcome"),
    [
        (failed(), LEX, "function-error"),
        (UNANSWERED, LEX, "time-limit"),
        (answer({"status": "ok"}), LEX, "success"),
        (close(), policy(statement()), "access-denied"),
        (close(), policy({**LEX["Statement"][0], "Resource": "x"}), "access-denied"),  # type: ignore[index]
    ],
)
def test_a_function_that_fails_or_may_not_be_invoked_by_lex_is_an_error(
    reply: Reply, document: Mapping[str, object], outcome: str
) -> None:
    functions = FakeFunctions([reply], document=document)

    result = ask(PAY, functions=functions)

    assert heard(result)[-1] == "Sorry."
    assert result.invocations[0].outcome == outcome
    assert len(functions.invoked) <= 1


def test_a_bot_that_asks_back_hears_the_next_answer_with_its_session_attributes() -> None:
    functions = FakeFunctions([close("InProgress", "ElicitSlot", step="card"), close()], document=LEX)

    result = ask(PAY, Utterance("visa", "PayBill", {"card": "visa"}), functions=functions)

    assert heard(result, Who.CALLER) == ["says 'pay my bill'", "says 'visa'"]
    assert functions.events[1]["sessionState"]["sessionAttributes"] == {"step": "card"}
    assert heard(result)[1:3] == ["InProgress, said the bot.", "Fulfilled, said the bot."]


def test_a_bot_that_asks_without_end_is_cut_off() -> None:
    functions = FakeFunctions([close("InProgress", "ElicitIntent")], document=LEX)

    result = ask(*[PAY] * 30, functions=functions)

    assert heard(result)[-1] == "Sorry."
    assert len(functions.invoked) == 20


def test_a_missing_stub_of_a_bots_function_is_an_error() -> None:
    with pytest.raises(UserError, match=r"block 'ask' .* add --stub lookup=FILE\.json$"):
        ask(PAY, functions=StubFunctions({}))


def test_a_message_that_cannot_be_spoken_is_named() -> None:
    session = {"dialogAction": {"type": "Close"}, "intent": {"name": "PayBill", "state": "Fulfilled"}}
    messages = [
        {"contentType": "CustomPayload", "content": "{}"},
        {"contentType": "SSML", "content": "<speak>Done.</speak>"},
    ]

    result = ask(
        PAY, functions=FakeFunctions([answer({"sessionState": session, "messages": messages})], document=LEX)
    )

    assert "the bot sends a message of the type CustomPayload" in heard(result, Who.FLOW)
    assert heard(result)[1] == "Done."
