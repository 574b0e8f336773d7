"""The one-time password, asked as a flow asks it, and the texts that it sends."""

from typing import Any

from common.tables import table
from tests.lambdas.invocations import GOLD_MEMBER, contact_event, invoke

CUSTOMER = "C-1001"
"""Of GOLD_MEMBER."""
NOW = 1_790_000_000

SENT = {"sent": "true"}
VERIFIED = {"verified": "true", "attemptsLeft": "2"}
NOTHING_LEFT = {"verified": "false", "attemptsLeft": "0"}
UNAVAILABLE = {"status": "error", "errorType": "passwordUnavailable", "retryable": "true"}


def wrong(left: int) -> dict[str, str]:
    return {"verified": "false", "attemptsLeft": str(left)}


def ask(operation: str, code: str | None = None, *, customer: str | None = CUSTOMER, **contact: Any) -> Any:
    """The answer without its status "ok"."""
    parameters = {"operation": operation, "customerId": customer, "code": code}
    given = {key: value for key, value in parameters.items() if value is not None}
    answer = invoke("one_time_password", contact_event(given, **contact))
    return {key: value for key, value in answer.items() if (key, value) != ("status", "ok")}


def records() -> list[dict[str, Any]]:
    """The items that hold a code's seal."""
    items: list[dict[str, Any]] = table("one_time_passwords").scan()["Items"]
    return [item for item in items if item["password_id"].startswith("code#")]


def another(code: str) -> str:
    """Six digits, and not these."""
    return f"{(int(code) + 1) % 1_000_000:06}"


class Phones:
    """Every phone there is; `refuses` raises in place of the next texts."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []
        self.refuses: Exception | None = None

    def send(self, number: str, text: str) -> None:
        """As `sms.send`."""
        if self.refuses is not None:
            raise self.refuses
        self.texts.append((number, text))

    @property
    def code(self) -> str:
        """The newest on the gold member's phone."""
        number, text = self.texts[-1]
        assert number == GOLD_MEMBER
        return text[-6:]
