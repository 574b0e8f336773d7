"""Numbers in a flow: parameters and attributes are text."""

from decimal import Decimal, InvalidOperation


def number(text: str) -> Decimal | None:
    """The number that `text` is; None where it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def milliseconds(seconds: str) -> int | None:
    """A positive number of seconds in milliseconds; None where it is none."""
    found = number(seconds)
    return round(found * 1000) if found is not None and found > 0 else None
