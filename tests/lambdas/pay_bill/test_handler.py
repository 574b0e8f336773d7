"""The bill payment on a database: what each door answers, stores and logs."""

import json
from typing import Any

import pytest

from common.event import NotAConnectEvent
from common.tables import table
from pay_bill.store import TablesOfBills
from tests.lambdas.conftest import LogLines
from tests.lambdas.invocations import CONTACT_ID, LAMBDAS, invoke
from tests.lambdas.pay_bill import doors
from tests.lambdas.pay_bill.doors import DUE, PAY, STATE, UNAVAILABLE, ask, declined, payments, say, stored
from tests.lambdas.pay_bill.test_bot import RECORDED, outcome, session

pytestmark = pytest.mark.usefixtures("seeded_tables")
deployed = doors.deployed

CARD = "4111 1111 1111 1111"


def test_the_amount_due_is_told_until_it_is_paid() -> None:
    assert ask(DUE) == {"status": "ok", "amount": "$42.00", "billId": "B-3001"}
    ask(PAY)
    assert ask(DUE) == {"status": "ok", "amount": "none", "billId": "none"}


def test_a_customer_without_a_bill_owes_nothing() -> None:
    assert ask({**DUE, "customerId": "C-1001"})["amount"] == "none"


def test_a_payment_is_made_and_confirmed() -> None:
    answer = ask(PAY)
    assert (answer["status"], answer["paid"], answer["amount"]) == ("ok", "true", "$42.00")
    assert ask(STATE) == {"status": "ok", "paid": "true", "confirmation": answer["confirmation"]}
    assert ask(STATE, ContactId="another")["confirmation"] == answer["confirmation"]


def test_the_state_of_what_was_not_paid_is_unknown() -> None:
    for parameters in (
        STATE,
        {**STATE, "billId": "B-9999"},
        {**STATE, "customerId": "C-1001", "billId": None},
    ):
        assert ask(parameters) == {"status": "ok", "paid": "unknown", "confirmation": "none"}


def test_without_a_bill_named_the_newest_is_meant() -> None:
    confirmation = ask({**PAY, "billId": None})["confirmation"]
    for bill_id in (None, "none", "", {"x": 1}):
        assert ask({**PAY, "billId": bill_id})["confirmation"] == confirmation
        assert ask({**STATE, "billId": bill_id})["confirmation"] == confirmation
    assert payments() == 1


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({}, "unknownOperation"),
    ({**PAY, "operation": "refund"}, "unknownOperation"),
    ({**DUE, "customerId": None}, "unknownCustomer"),
    ({**PAY, "customerId": "none"}, "unknownCustomer"),
    ({**PAY, "customerId": "C-1002#x"}, "unknownCustomer"),
    ({**PAY, "customerId": "C-9999"}, "nothingDue"),
    ({**PAY, "customerId": "C-9999", "billId": None}, "nothingDue"),
    ({**PAY, "billId": "B-9999"}, "nothingDue"),
    ({**PAY, "paymentToken": None}, "invalidToken"),
    ({**PAY, "paymentToken": "none"}, "invalidToken"),
    ({**PAY, "paymentToken": "tok_1004"}, "invalidToken"),
    ({**PAY, "paymentToken": CARD}, "cardNumberRefused"),
    ({**PAY, "paymentToken": 4111111111111111}, "cardNumberRefused"),
    ({**PAY, "paymentToken": CARD, "customerId": None}, "cardNumberRefused"),
]


def test_what_cannot_be_paid_is_an_informational_error() -> None:
    before = stored()
    answers = [ask(parameters) for parameters, _ in REFUSED]
    assert answers == [declined(error_type) for _, error_type in REFUSED]
    assert stored() == before


def test_a_bill_without_a_token_of_the_provider_is_paid_by_none() -> None:
    table("bills").put_item(Item={"customer_id": "C-7", "bill_id": "B-7", "amount_cents": 100})
    assert ask({**PAY, "customerId": "C-7", "billId": "B-7"}) == declined("invalidToken")


def test_a_card_number_is_neither_read_with_nor_stored_nor_logged(
    monkeypatch: pytest.MonkeyPatch, log_lines: LogLines
) -> None:
    def read(*arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(TablesOfBills, "bill", read)
    assert ask({**PAY, "paymentToken": CARD}) == declined("cardNumberRefused")
    response = say(paymentToken=CARD)
    assert (outcome(response), session(response)["payment"]) == (("Close", "Failed"), "declined")
    assert "4111" not in stored() + json.dumps(log_lines()) + json.dumps(response)


def test_a_refusal_by_dynamodb_is_an_informational_error(monkeypatch: pytest.MonkeyPatch) -> None:
    table.cache_clear()
    monkeypatch.setenv("TABLE_REQUESTS", "no-such-table")
    assert ask(PAY) == UNAVAILABLE
    response = say()
    assert (outcome(response), session(response)["payment"]) == (("Close", "Failed"), "unavailable")
    assert ask(DUE)["amount"] == "$42.00"


def test_a_bot_pays_and_hears_of_it() -> None:
    response = say()
    assert outcome(response) == ("Close", "Fulfilled")
    assert (session(response)["payment"], session(response)["amount"]) == ("paid", "$42.00")
    assert ask(STATE)["confirmation"] == session(response)["confirmation"]


def test_a_turn_of_the_dialog_changes_nothing() -> None:
    response = say("dialog")
    assert (outcome(response)[0], session(response)["amount"]) == ("Delegate", "$42.00")
    assert payments() == 0


def test_both_doors_log_the_contact_and_nothing_of_the_customers(log_lines: LogLines) -> None:
    ask(DUE)
    say()
    lines = log_lines()
    assert [line["message"] for line in lines] == ["invocation started", "invocation"] * 2
    assert {line["contact_id"] for line in lines} == {CONTACT_ID}
    assert [line.get("outcome") for line in lines] == [None, "ok"] * 2
    written = json.dumps(lines)
    assert not [text for text in ("tok_1002", "C-1002", "42.00", "PB-", "pay my bill") if text in written]


def test_a_bot_outside_of_a_contact_is_refused_and_pays_nothing(log_lines: LogLines) -> None:
    event = {**RECORDED["fulfillment"], "sessionId": "+14165550022"}
    event["sessionState"] = {**event["sessionState"], "sessionAttributes": {"customerId": "C-1002"}}
    with pytest.raises(NotAConnectEvent):
        invoke("pay_bill", event)
    assert log_lines()[-1]["outcome"] == "raised"
    assert "+14165550022" not in json.dumps(log_lines())
    assert payments() == 0


def test_the_warm_up_events_change_nothing() -> None:
    paths = sorted((LAMBDAS / "pay_bill" / "events" / "warm_up").glob("*.json"))
    before = stored()
    assert [invoke("pay_bill", json.loads(path.read_text()))["status"] for path in paths] == ["ok", "ok"]
    assert stored() == before
