"""The account service on a database: answers, and effects that happen once."""

import json
import time
from typing import Any

import pytest

from account_service import store
from account_service.store import TablesOfAccounts
from common.handler import HandlerFailed
from common.tables import table
from tests.lambdas.account_service.asking import CHECKING, EVERYTHING, SAVINGS, TRANSFER, ask, declined, held
from tests.lambdas.invocations import LAMBDAS, STRANGER, invoke, settings_of

pytestmark = pytest.mark.usefixtures("stored")


def test_the_balance_nests() -> None:
    answer = ask({"operation": "checkBalance"})
    assert (answer["status"], answer["Result"]) == ("ok", "Success")
    assert answer["Balance"] == {"Savings": "$3018.19", "Checking": "$577.42"}


def test_a_customer_id_goes_before_the_phone_number() -> None:
    assert ask({"operation": "checkBalance", "customerId": "C-1003"})["Balance"]["Savings"] == "$42.00"
    assert ask({"operation": "checkBalance", "customerId": "C-1003"}, caller=None)["status"] == "ok"


def test_locking_a_card_locks_it() -> None:
    assert ask({"operation": "lockCard"})["Card"] == "locked"
    assert held() == (SAVINGS, CHECKING, True)


def test_locking_a_locked_card_succeeds() -> None:
    assert ask({"operation": "lockCard", "customerId": "C-1003"})["status"] == "ok"


def test_a_transfer_moves_the_money_and_tells_the_new_balance() -> None:
    assert ask(TRANSFER)["Balance"] == {"Savings": "$3000.00", "Checking": "$595.61"}
    assert held() == (SAVINGS - 1819, CHECKING + 1819, False)


@pytest.mark.parametrize(
    ("parameters", "error_type"),
    [
        ({}, "unknownOperation"),
        ({"operation": "requestState"}, "unknownOperation"),
        ({"operation": "requestState", "of": "checkBalance"}, "unknownOperation"),
        ({**TRANSFER, "operation": "requestState", "of": "fundsTransfer", "amount": "0"}, "invalidAmount"),
        (
            {**TRANSFER, "operation": "requestState", "of": "fundsTransfer", "toAccount": "x"},
            "invalidAccount",
        ),
        ({"operation": "closeAccount"}, "unknownOperation"),
        ({"operation": {"name": "checkBalance"}}, "unknownOperation"),
        ({"operation": "checkBalance", "customerId": "C-9999"}, "unknownCustomer"),
        ({"operation": "lockCard", "customerId": "C-9999"}, "unknownCustomer"),
        ({**TRANSFER, "customerId": "C-1003"}, "cardLocked"),
        ({**TRANSFER, "amount": "3018.20"}, "notEnoughFunds"),
        ({**TRANSFER, "amount": "1.234"}, "invalidAmount"),
        ({**TRANSFER, "toAccount": "Savings"}, "invalidAccount"),
    ],
)
def test_what_cannot_be_done_is_an_informational_error(parameters: dict[str, Any], error_type: str) -> None:
    before = held()
    assert ask(parameters) == declined(error_type)
    assert held() == before
    assert table("requests").scan()["Count"] == 0


@pytest.mark.parametrize("caller", [None, "anonymous", STRANGER])
def test_a_caller_who_is_nobody_is_an_informational_error(caller: str | None) -> None:
    assert ask({"operation": "checkBalance"}, caller=caller) == declined("unknownCustomer")


@pytest.mark.parametrize("parameters", [TRANSFER, EVERYTHING, {"operation": "lockCard"}])
def test_four_attempts_have_one_effect_and_one_answer(parameters: dict[str, Any]) -> None:
    first = ask(parameters)
    after_first = held()
    assert [ask(parameters) for _ in range(3)] == [first] * 3
    assert held() == after_first != (SAVINGS, CHECKING, False)
    assert table("requests").scan()["Count"] == 1


@pytest.mark.parametrize("parameters", [TRANSFER, EVERYTHING, {"operation": "lockCard"}])
def test_a_retry_after_a_lost_answer_gets_the_answer_of_the_first_attempt(
    parameters: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = TablesOfAccounts.commit

    def dies_after_commit(*arguments: Any) -> bool:
        assert real(*arguments)
        raise RuntimeError

    monkeypatch.setattr(TablesOfAccounts, "commit", dies_after_commit)
    with pytest.raises(HandlerFailed):
        ask(parameters)
    monkeypatch.setattr(TablesOfAccounts, "commit", real)
    after_first = held()
    assert after_first != (SAVINGS, CHECKING, False)
    answer = ask(parameters)
    assert answer["status"] == "ok"
    assert held() == after_first
    assert answer["Balance"]["Savings"] == f"${after_first[0] / 100:.2f}"


@pytest.mark.parametrize("overtaken_after", ["account", "answered"])
def test_an_attempt_that_a_parallel_one_overtakes_gets_the_same_answer(
    overtaken_after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connect gave up waiting and tried again while the first attempt was still at work."""
    read = getattr(TablesOfAccounts, overtaken_after)
    answers: list[dict[str, Any]] = []

    def then_the_other_attempt_runs(self: TablesOfAccounts, key: str) -> object:
        found = read(self, key)
        monkeypatch.setattr(TablesOfAccounts, overtaken_after, read)
        if not answers:
            answers.append(ask(EVERYTHING))
        return found

    monkeypatch.setattr(TablesOfAccounts, overtaken_after, then_the_other_attempt_runs)
    answers.append(ask(EVERYTHING))
    assert answers[0] == answers[1]
    assert answers[0]["status"] == "ok"
    assert held() == (0, CHECKING + SAVINGS, False)


def test_an_overtaken_transfer_that_was_sent_back_since_is_not_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The account looks as it did before, so only the record of the request tells that it was done."""
    real = TablesOfAccounts.commit
    back = {**TRANSFER, "fromAccount": "Checking", "toAccount": "Savings"}
    answers: list[dict[str, Any]] = []

    def after_there_and_back(*arguments: Any) -> bool:
        monkeypatch.setattr(TablesOfAccounts, "commit", real)
        answers.extend([ask(TRANSFER), ask(back, ContactId="another")])
        return real(*arguments)

    monkeypatch.setattr(TablesOfAccounts, "commit", after_there_and_back)
    assert ask(TRANSFER) == answers[0]
    assert held() == (SAVINGS, CHECKING, False)


def test_another_contact_between_reading_and_writing_costs_no_money(monkeypatch: pytest.MonkeyPatch) -> None:
    real = TablesOfAccounts.commit
    others = iter(["other"])

    def after_another_contact(*arguments: Any) -> bool:
        for contact in others:
            assert ask({**TRANSFER, "amount": "1000"}, ContactId=contact)["status"] == "ok"
        return real(*arguments)

    monkeypatch.setattr(TablesOfAccounts, "commit", after_another_contact)
    assert ask(TRANSFER)["Balance"]["Savings"] == "$2000.00"
    assert held() == (SAVINGS - 101_819, CHECKING + 101_819, False)


def test_an_account_that_never_stands_still_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TablesOfAccounts, "commit", lambda *_: False)
    assert ask(TRANSFER) == {"status": "error", "errorType": "accountBusy", "retryable": "true"}


def test_two_different_transfers_in_one_contact_both_happen() -> None:
    ask(TRANSFER)
    ask({**TRANSFER, "amount": "20"})
    assert held()[0] == SAVINGS - 1819 - 2000


def test_the_same_transfer_in_another_contact_happens_again() -> None:
    ask(TRANSFER)
    ask(TRANSFER, ContactId="another")
    assert held()[0] == SAVINGS - 2 * 1819


@pytest.mark.parametrize("parameters", [TRANSFER, {"operation": "lockCard"}])
def test_an_account_without_a_word_about_its_card_has_an_active_one(parameters: dict[str, Any]) -> None:
    table("accounts").put_item(
        Item={"customer_id": "C-1001", "savings_cents": SAVINGS, "checking_cents": CHECKING}
    )
    assert ask({"operation": "checkBalance"})["Card"] == "active"
    assert ask(parameters)["status"] == "ok"
    assert held() in [(SAVINGS - 1819, CHECKING + 1819, False), (SAVINGS, CHECKING, True)]


def test_a_recorded_answer_expires() -> None:
    ask(TRANSFER)
    (item,) = table("requests").scan()["Items"]
    kept = int(item["expires_at"]) - time.time()  # type: ignore[arg-type]  # a number, as the store writes it
    assert store.ANSWER_KEPT_SECONDS - 60 < kept <= store.ANSWER_KEPT_SECONDS


def test_the_events_that_warm_up_a_version_are_harmless_and_answered() -> None:
    paths = sorted((LAMBDAS / "account_service" / "events" / "warm_up").glob("*.json"))
    events = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    operations = {event["Details"]["Parameters"]["operation"] for event in events}
    assert operations == set(settings_of("account_service").harmless_operations)
    assert [invoke("account_service", event)["status"] for event in events] == ["ok", "ok"]
    assert table("requests").scan()["Count"] == 0


@pytest.mark.parametrize("operation", ["checkBalance", "lockCard", "fundsTransfer", "requestState"])
def test_a_database_that_refuses_is_an_informational_error(
    operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CUSTOMERS", "ACCOUNTS", "REQUESTS"):
        monkeypatch.setenv(f"TABLE_{name}", "no-such-table")
    table.cache_clear()
    answer = ask({**TRANSFER, "operation": operation, "of": "lockCard"})
    assert answer == {"status": "error", "errorType": "accountUnavailable", "retryable": "true"}


def test_a_refusal_by_dynamodb_is_an_informational_error(monkeypatch: pytest.MonkeyPatch) -> None:
    table.cache_clear()
    monkeypatch.setenv("TABLE_REQUESTS", "no-such-table")
    answer = ask(TRANSFER)
    assert answer == {"status": "error", "errorType": "accountUnavailable", "retryable": "true"}
    assert held() == (SAVINGS, CHECKING, False)
