"""What the bot asks for and what it is told, without a database."""

import json
from typing import Any

import pytest

from common.answers import failure, success
from common.lex import LexEvent
from pay_bill import bot
from tests.lambdas.invocations import LAMBDAS

LEX = LAMBDAS / "pay_bill" / "events" / "lex"
RECORDED = {path.stem: json.loads(path.read_text()) for path in LEX.glob("*.json")}
PASSED_ON = {"customerId": "C-1002", "paymentToken": "tok_1002", "billId": "B-3001"}
PAID = success(paid="true", amount="$42.00", confirmation="PB-7KQ2XM")


def asked(recorded: str = "fulfillment", /, source: str | None = None, **intent: Any) -> LexEvent:
    """A recorded event; `intent` overrides keys of its intent."""
    raw = RECORDED[recorded]
    session = {**raw["sessionState"], "intent": {**raw["sessionState"]["intent"], **intent}}
    found = LexEvent.parse(
        {**raw, "sessionState": session, "invocationSource": source or raw["invocationSource"]}
    )
    assert found is not None
    return found


def session(response: dict[str, Any]) -> dict[str, str]:
    attributes: dict[str, str] = response["sessionState"]["sessionAttributes"]
    return attributes


def outcome(response: dict[str, Any]) -> tuple[str, str]:
    """The dialog action and the state of the intent."""
    state = response["sessionState"]
    return state["dialogAction"]["type"], state["intent"]["state"]


def test_a_fulfilment_pays_with_what_the_flow_gave_the_session() -> None:
    assert bot.parameters(asked()) == {"operation": "pay", **PASSED_ON}


def test_a_turn_of_the_dialog_asks_for_the_amount() -> None:
    assert bot.parameters(asked("dialog")) == {"operation": "amountDue", **PASSED_ON}


@pytest.mark.parametrize(
    "event",
    [asked(name="FallbackIntent"), asked("dialog", name="FallbackIntent"), asked(name=None),
     asked(confirmationState="Denied"), asked(source="SomethingNew")],
)  # fmt: skip
def test_nothing_else_pays(event: LexEvent) -> None:
    assert bot.parameters(event)["operation"] == "none"


def test_a_paid_bill_is_fulfilled_and_told() -> None:
    response: dict[str, Any] = bot.response(asked(), PAID)
    assert outcome(response) == ("Close", "Fulfilled")
    found = session(response)
    assert (found["payment"], found["amount"], found["confirmation"]) == ("paid", "$42.00", "PB-7KQ2XM")
    assert found["customerId"] == "C-1002"
    (message,) = response["messages"]
    assert message == {
        "contentType": "PlainText",
        "content": "Thank you. $42.00 is paid. Your confirmation is PB-7KQ2XM.",
    }


@pytest.mark.parametrize(
    ("answer", "payment", "message"),
    [
        (
            failure("paymentUnavailable", retryable=True),
            "unavailable",
            "I cannot reach the billing system right now.",
        ),
        (failure("invalidToken", retryable=False), "declined", "The payment was declined."),
        (failure("cardNumberRefused", retryable=False), "declined", "The payment was declined."),
        (failure("nothingDue", retryable=False), "declined", "There is no bill to pay."),
        (failure("unknownOperation", retryable=False), "notTried", "I can only pay your bill."),
        (success(amount="none", billId="none"), "declined", "There is no bill to pay."),
    ],
)
def test_a_bill_that_is_not_paid_is_failed_and_says_why(
    answer: dict[str, object], payment: str, message: str
) -> None:
    response: dict[str, Any] = bot.response(asked(), answer)
    assert outcome(response) == ("Close", "Failed")
    found = session(response)
    assert (found["payment"], found["amount"], found["confirmation"]) == (payment, "none", "none")
    assert response["messages"][0]["content"] == message


def test_the_dialog_goes_on_with_the_amount_for_its_prompt() -> None:
    response = bot.response(asked("dialog"), success(amount="$42.00", billId="B-3001"))
    assert outcome(response) == ("Delegate", "InProgress")
    assert session(response) == {**asked("dialog").attributes, "amount": "$42.00"}


@pytest.mark.parametrize("answer", [PAID, failure("invalidToken", retryable=False)])
def test_the_token_does_not_outlive_the_payment(answer: dict[str, object]) -> None:
    assert "tok_1002" not in json.dumps(bot.response(asked(), answer))
