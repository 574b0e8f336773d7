"""After a lost answer: the flow asks whether its request was done."""

from typing import Any

import pytest

from common.tables import table
from tests.lambdas.account_service.asking import CHECKING, SAVINGS, TRANSFER, ask, declined, held, state_of
from tests.lambdas.invocations import STRANGER

pytestmark = pytest.mark.usefixtures("stored")


@pytest.mark.parametrize("parameters", [TRANSFER, {"operation": "lockCard"}])
def test_the_state_of_a_request_that_was_done_comes_with_its_answer(parameters: dict[str, Any]) -> None:
    answer = ask(parameters)
    after = held()
    assert state_of(parameters) == {**answer, "requestState": "done"}
    assert held() == after


@pytest.mark.parametrize("parameters", [TRANSFER, {"operation": "lockCard"}])
def test_the_state_of_a_request_without_a_record_is_unknown(parameters: dict[str, Any]) -> None:
    assert state_of(parameters) == {"status": "ok", "requestState": "unknown"}
    assert held() == (SAVINGS, CHECKING, False)
    assert table("requests").scan()["Count"] == 0


def test_a_request_of_another_contact_amount_or_customer_is_another_request() -> None:
    ask(TRANSFER)
    ask({"operation": "lockCard", "customerId": "C-1002"})
    assert state_of(TRANSFER, ContactId="another")["requestState"] == "unknown"
    assert state_of({**TRANSFER, "amount": "18.20"})["requestState"] == "unknown"
    assert state_of({"operation": "lockCard"})["requestState"] == "unknown"
    assert state_of({"operation": "lockCard", "customerId": "C-1002"}, caller=None)["requestState"] == "done"


def test_the_state_of_a_strangers_request_is_an_informational_error() -> None:
    assert state_of({"operation": "lockCard"}, caller=STRANGER) == declined("unknownCustomer")


def test_a_request_after_its_state_was_unknown_still_happens_once() -> None:
    """The flow asks, hears "unknown", and makes the same request again in the same Region."""
    state_of(TRANSFER)
    assert [ask(TRANSFER), ask(TRANSFER)] == [ask(TRANSFER)] * 2
    assert held()[0] == SAVINGS - 1819


def test_a_declined_request_may_be_made_again() -> None:
    assert ask({**TRANSFER, "amount": "9999"}) == declined("notEnoughFunds")
    table("accounts").put_item(
        Item={"customer_id": "C-1001", "savings_cents": 999_900, "checking_cents": 0, "card_locked": False}
    )
    assert ask({**TRANSFER, "amount": "9999"})["Balance"]["Savings"] == "$0.00"
