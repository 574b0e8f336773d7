"""What a flow learns about a caller."""

from dataclasses import dataclass
from typing import Protocol

from common.answers import success
from common.event import ContactEvent
from common.phone import caller

NONE = "none"
"""Stands for a value that is not there: a flow cannot compare with an empty string."""

TEAMS = ("cards", "billing")
"""The teams that a flow has a route to."""


@dataclass(frozen=True)
class Customer:
    """A customer's record; None where it has no such value."""

    customer_id: str | None = None
    name: str | None = None
    language: str | None = None
    """Such as fr-CA."""
    membership: str | None = None
    open_case: str | None = None
    """The id of the case."""
    case_team: str | None = None
    """Whose case it is, in any case of letters; may be a team that no flow knows."""


class Customers(Protocol):
    """Where customers are kept."""

    def by_phone_number(self, phone_number: str) -> Customer | None:
        """The customer with this E.164 number."""
        ...


def answer(event: ContactEvent, customers: Customers) -> dict[str, object]:
    """The same keys for everybody; `found` is "false" for an unknown, withheld or missing number."""
    number = caller(event)
    customer = customers.by_phone_number(number) if number else None
    known = customer or Customer()
    return success(
        found=str(customer is not None).lower(),
        customerId=known.customer_id or NONE,
        name=known.name or NONE,
        language=known.language or NONE,
        membership=known.membership or NONE,
        openCase=known.open_case or NONE,
        caseTeam=_team(known),
    )


def _team(customer: Customer) -> str:
    """One of TEAMS or "none": a flow routes by it, and a team without an open case is no route."""
    team = (customer.case_team or "").lower()
    return team if customer.open_case and team in TEAMS else NONE
