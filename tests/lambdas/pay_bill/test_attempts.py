"""The bill payment on a database: two doors, one payment, however often and at once it is tried."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from common.handler import HandlerFailed
from common.tables import table
from pay_bill.store import TablesOfBills
from tests.lambdas.pay_bill import doors
from tests.lambdas.pay_bill.doors import PAY, STATE, UNAVAILABLE, ask, declined, payments, say
from tests.lambdas.pay_bill.test_bot import session

pytestmark = pytest.mark.usefixtures("seeded_tables")
deployed = doors.deployed


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
