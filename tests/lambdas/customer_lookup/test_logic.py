"""What a flow learns about a caller, without a database."""

import pytest

from common.event import ContactEvent
from customer_lookup.logic import Customer, answer
from tests.lambdas.invocations import GOLD_MEMBER, contact_event


class Known:
    """One customer; remembers what was asked."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.asked: list[str] = []

    def by_phone_number(self, phone_number: str) -> Customer | None:
        self.asked.append(phone_number)
        return self.customer if phone_number == GOLD_MEMBER else None


def test_values_that_a_customer_lacks_are_none_in_words() -> None:
    found = answer(ContactEvent.parse(contact_event()), Known(Customer(name="Océane Tremblay")))
    assert (found["found"], found["name"], found["openCase"]) == ("true", "Océane Tremblay", "none")
    assert "" not in found.values()


def test_known_and_unknown_callers_get_the_same_keys() -> None:
    customers = Known(Customer())
    known = answer(ContactEvent.parse(contact_event()), customers)
    unknown = answer(ContactEvent.parse(contact_event(caller="+14165550099")), customers)
    assert known.keys() == unknown.keys()
    assert (known["found"], unknown["found"]) == ("true", "false")


@pytest.mark.parametrize("caller", [None, "anonymous", ""])
def test_a_caller_without_a_number_is_not_looked_up(caller: str | None) -> None:
    customers = Known(Customer())
    assert answer(ContactEvent.parse(contact_event(caller=caller)), customers)["found"] == "false"
    assert customers.asked == []
