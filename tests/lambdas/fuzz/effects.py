"""How often something happened: counted in the tables and at the services, not in the answers."""

from collections.abc import Mapping
from typing import Any

from tests.lambdas.fuzz.deployment import Items

Tables = Mapping[str, Items]


def payments(before: Tables, after: Tables) -> int:
    """Bills that have a confirmation now and had none; the rest of the tables tells the same."""
    paid = [key for key, bill in after["bills"].items() if "confirmation" in str(bill) and
            bill != before["bills"][key]]  # fmt: skip
    assert len(_new(before, after, "requests")) == len(paid)
    return len(paid)


def account_changes(before: Tables, after: Tables) -> int:
    """Requests that were done; money moves within an account, and never out of it."""
    for key, account in after["accounts"].items():
        assert _cents(account) == _cents(before["accounts"][key])
        assert min(_pots(account)) >= 0
    changed = [key for key, account in after["accounts"].items() if account != before["accounts"][key]]
    requests = _new(before, after, "requests")
    assert len(changed) <= len(requests)
    return len(requests)


def _new(before: Tables, after: Tables, table: str) -> set[str]:
    assert before[table].keys() <= after[table].keys()
    return set(after[table]) - set(before[table])


def _cents(account: dict[str, Any]) -> int:
    return sum(_pots(account))


def _pots(account: dict[str, Any]) -> list[int]:
    attributes = account["Attributes"]
    return [int(attributes[name]["N"]) for name in ("savings_cents", "checking_cents")]
