"""The bill payment, with whatever a Lex V2 bot may send."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import given

from common.event import NotAConnectEvent
from common.lex import LexEvent
from tests.lambdas.fuzz import effects, events, logged
from tests.lambdas.fuzz.answers import sendable
from tests.lambdas.fuzz.deployment import Deployment
from tests.lambdas.fuzz.examples import fuzzed
from tests.lambdas.fuzz.logged import Log
from tests.lambdas.invocations import invoke

ORDINARY = logged.personal(events.RECORDED_BOT)
"""Words such as Connect; the token that is there too is among those of the stores."""
TURNS = {("Close", "Fulfilled"), ("Close", "Failed")}


@fuzzed(60)
@given(raw=events.bots())
def test_a_bot_pays_once_at_most_and_is_told_what_lex_takes(
    raw: Any, deployment: Deployment, log: Log, as_deployed: Callable[[str], None]
) -> None:
    as_deployed("pay_bill")
    deployment.restore()
    before = deployment.items()
    first = response(raw, log)
    assert response(raw, log) == first
    assert effects.payments(before, deployment.items()) <= (told(first) == "paid")


def response(raw: Any, log: Log) -> dict[str, Any] | None:
    """What the bot gets; None where there is no contact, which has to raise."""
    secrets = logged.personal(raw) - ORDINARY
    log.take()
    asked = LexEvent.parse(json.loads(json.dumps(raw)))
    try:
        answer = invoke("pay_bill", raw)
    except NotAConnectEvent as error:
        assert asked is None or not asked.contact_id
        logged.check_raised(error, secrets)
        logged.check(log.take(), secrets)
        return None
    assert asked is not None
    lines = logged.check(log.take(), secrets - {asked.contact_id})
    assert {line["contact_id"] for line in lines} == {asked.contact_id}
    check(answer, asked)
    return answer


def check(answer: dict[str, Any], asked: LexEvent) -> None:
    """The form of a response to Lex V2; the token does not come back, and every attribute is a text."""
    sendable(answer)
    state = answer["sessionState"]
    assert all(isinstance(value, str) for value in state["sessionAttributes"].values())
    if state["dialogAction"]["type"] == "Delegate":
        assert set(answer) == {"sessionState"}
        return
    assert (state["dialogAction"]["type"], state["intent"]["state"]) in TURNS
    assert "paymentToken" not in state["sessionAttributes"]
    (message,) = answer["messages"]
    assert message["contentType"] == "PlainText"
    assert message["content"]
    assert (state["intent"]["state"] == "Fulfilled") is (told(answer) == "paid")


def told(answer: Mapping[str, Any] | None) -> str | None:
    """The session attribute `payment`."""
    found: str | None = answer["sessionState"]["sessionAttributes"].get("payment") if answer else None
    return found
