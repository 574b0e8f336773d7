"""The bill payment on a database: two doors, one payment."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from common.event import NotAConnectEvent
from common.handler import HandlerFailed
from common.tables import table
from pay_bill.store import TablesOfBills
from tests.lambdas.conftest import LogLines
from tests.lambdas.invocations import CONTACT_ID, LAMBDAS, contact_event, invoke
from tests.lambdas.pay_bill.test_bot import RECORDED, outcome, session

pytestmark = pytest.mark.usefixtures("seeded_tables")

CARD = "4111 1111 1111 1111"
PAY = {"operation": "pay", "customerId": "C-1002", "paymentToken": "tok_1002", "billId": "B-3001"}
STATE = {"operation": "state", "customerId": "C-1002", "billId": "B-3001"}
DUE = {"operation": "amountDue", "customerId": "C-1002"}
UNAVAILABLE = {"status": "error", "errorType": "paymentUnavailable", "retryable": "true"}


@pytest.fixture(autouse=True)
def deployed(as_deployed: Callable[[str], None]) -> None:
    as_deployed("pay_bill")


def ask(parameters: dict[str, Any], **contact: Any) -> dict[str, Any]:
    return invoke("pay_bill", contact_event(parameters, **contact))


def say(name: str = "fulfillment", **attributes: Any) -> dict[str, Any]:
    """The answer to the bot; `attributes` override those of the session, None takes one out."""
    event = copy.deepcopy(RECORDED[name])
    given = {**event["sessionState"]["sessionAttributes"], **attributes}
    event["sessionState"]["sessionAttributes"] = {k: v for k, v in given.items() if v is not None}
    return invoke("pay_bill", event)


def stored() -> str:
    """Everything in the tables, as text."""
    items = [table(name).scan()["Items"] for name in ("bills", "requests")]
    return json.dumps(items, default=str)


def payments() -> int:
    return table("requests").scan()["Count"]


def declined(error_type: str) -> dict[str, str]:
    return {"status": "error", "errorType": error_type, "retryable": "false"}


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


@pytest.mark.parametrize("doors", [(ask, ask), (say, say), (ask, say), (say, ask)])
def test_four_attempts_through_either_door_pay_once(doors: tuple[Any, Any]) -> None:
    answers = [door(PAY) if door is ask else door() for door in doors * 2]
    confirmations = {
        (answer if "status" in answer else session(answer))["confirmation"] for answer in answers
    }
    assert len(confirmations) == 1
    assert "none" not in confirmations
    assert payments() == 1


def test_a_bot_without_the_bills_id_pays_no_second_time() -> None:
    assert session(say(billId=None))["confirmation"] == ask(PAY)["confirmation"]
    assert payments() == 1


def test_another_contact_finds_nothing_due() -> None:
    ask(PAY)
    assert ask(PAY, ContactId="another") == declined("nothingDue")
    assert payments() == 1


@pytest.mark.parametrize("door", [lambda: ask(PAY), say])
def test_a_retry_after_a_lost_answer_gets_the_answer_of_the_first_attempt(
    door: Callable[[], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = TablesOfBills.commit

    def dies_after_commit(*arguments: Any) -> bool:
        assert real(*arguments)
        raise RuntimeError

    monkeypatch.setattr(TablesOfBills, "commit", dies_after_commit)
    with pytest.raises(HandlerFailed):
        door()
    monkeypatch.setattr(TablesOfBills, "commit", real)
    told = ask(STATE)
    assert told["paid"] == "true"
    answer = door()
    assert answer.get("confirmation") == told["confirmation"] or session(answer)["payment"] == "paid"
    assert payments() == 1


@pytest.mark.parametrize("overtaken_after", ["bill", "answered"])
def test_an_attempt_that_a_parallel_one_overtakes_gets_the_same_answer(
    overtaken_after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = getattr(TablesOfBills, overtaken_after)
    answers: list[dict[str, Any]] = []

    def then_the_other_attempt_runs(self: TablesOfBills, key: str) -> object:
        found = read(self, key)
        monkeypatch.setattr(TablesOfBills, overtaken_after, read)
        if not answers:
            answers.append(ask(PAY))
        return found

    monkeypatch.setattr(TablesOfBills, overtaken_after, then_the_other_attempt_runs)
    answers.append(ask(PAY))
    assert answers[0] == answers[1]
    assert answers[0]["paid"] == "true"
    assert payments() == 1


def test_a_new_amount_between_reading_and_paying_is_the_one_that_is_paid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = TablesOfBills.commit
    changes: Iterator[int] = iter([5000])

    def after_a_change(*arguments: Any) -> bool:
        for cents in changes:
            item = table("bills").get_item(Key={"customer_id": "C-1002"})["Item"]
            table("bills").put_item(Item={**item, "amount_cents": cents})
        return real(*arguments)

    monkeypatch.setattr(TablesOfBills, "commit", after_a_change)
    assert ask(PAY)["amount"] == "$50.00"


def test_an_amount_that_the_caller_has_not_heard_is_not_paid() -> None:
    assert ask({**PAY, "amount": "$41.00"}) == declined("amountChanged")
    assert session(say(amount="$41.00"))["payment"] == "declined"
    assert payments() == 0
    answer = ask({**PAY, "amount": "$42.00"})
    assert answer["paid"] == "true"
    assert ask({**PAY, "amount": "$41.00"}) == answer, "the payment is made, whatever is asked afterwards"


def test_a_bill_that_another_contact_pays_in_between_is_paid_once(monkeypatch: pytest.MonkeyPatch) -> None:
    real = TablesOfBills.commit
    others = iter(["another"])

    def after_another_contact(*arguments: Any) -> bool:
        for contact in others:
            assert ask(PAY, ContactId=contact)["paid"] == "true"
        return real(*arguments)

    monkeypatch.setattr(TablesOfBills, "commit", after_another_contact)
    assert ask(PAY) == declined("nothingDue")
    assert payments() == 1


def test_a_bill_that_never_stands_still_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TablesOfBills, "commit", lambda *_: False)
    assert ask(PAY) == UNAVAILABLE


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
