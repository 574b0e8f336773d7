"""Orders, and how they sound when a flow reads them out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SPOKEN = 3
"""More orders than these are counted, not listed: nobody remembers the fourth."""
WORDS_MAX_CHARS = 40

_UNSPOKEN = re.compile(r"[^\w\s'-]|_")


@dataclass(frozen=True)
class Order:
    """What a customer ordered."""

    order_id: str
    item: str
    status: str
    """preparing, shipped, delivered, or one that the order system adds later."""
    day: str | None = None
    """The day it is expected; of a delivered one the day it came."""


def summary(orders: Sequence[Order]) -> str:
    """One sentence about every order, fit for text to speech."""
    if not orders:
        return "You have no orders."
    count = "1 order" if len(orders) == 1 else f"{len(orders)} orders"
    told = [_told(order) for order in orders[:SPOKEN]]
    more = len(orders) - len(told)
    if more:
        told.append(f"{more} more {'is' if more == 1 else 'are'} in our books")
    return f"You have {count}: {_listed(told)}."


def _listed(parts: Sequence[str]) -> str:
    """a / a, and b / a, b, and c"""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def _told(order: Order) -> str:
    item, day = _spoken(order.item) or "parcel", _spoken(order.day or "")
    expected = f" and should arrive on {day}" if day else ""
    match order.status:
        case "preparing":
            return f"your {item} is being prepared{expected}"
        case "shipped":
            return f"your {item} is on its way{expected}"
        case "delivered":
            return f"your {item} was delivered" + (f" on {day}" if day else "")
    return f"your {item} is in our books{expected}"


def _spoken(text: str) -> str:
    """Words of another system without the signs that a voice stumbles over, or takes for markup."""
    return " ".join(_UNSPOKEN.sub(" ", text).split())[:WORDS_MAX_CHARS].strip()
