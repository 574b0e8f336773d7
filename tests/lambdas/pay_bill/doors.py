"""The two doors of the bill payment: what flows and the bot send, and what is in the tables then."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from common.tables import table
from tests.lambdas.invocations import contact_event, invoke
from tests.lambdas.pay_bill.test_bot import RECORDED

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
