"""The effect happens, its reply is lost, the fallback Region is asked before it has heard: once is enough."""

import json
from collections.abc import Callable, Mapping

import pytest

from patchbay import calls, scripts
from patchbay.calls import Line
from patchbay.environments import ROOT
from patchbay.lambda_functions import LambdaFunctions
from patchbay.simulator.functions import Reply
from patchbay.simulator.transcript import CallResult
from tests.e2e.deployed import Deployed
from tests.e2e.front_desk.tables import cents, item, requests
from tests.e2e.reads import said

Lost = Callable[[str, str], bool]
"""Whether the reply to an operation of a function, in the preferred Region, never arrives."""


def lose_replies(monkeypatch: pytest.MonkeyPatch, lost: Lost) -> None:
    """Lambda runs the function; Connect hears nothing within the time limit."""

    class Lossy(LambdaFunctions):
        def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
            reply = super().invoke(arn, version, payload, time_limit)
            parameters: Mapping[str, str] = json.loads(payload)["Details"]["Parameters"]
            function = arn.split(":")[6].removeprefix("patchbay-local-")
            if ":us-west-2:" in arn and lost(function, parameters.get("operation", "")):
                return Reply(None, round(time_limit * 1000))
            return reply

    monkeypatch.setattr(calls, "LambdaFunctions", Lossy)


def place(front_desk: Deployed, name: str) -> CallResult:
    """The call that was written down, whatever comes of it.

    Functions of the fallback Region have run before: the first start of one takes longer than replication.
    """
    for function in ("account_service", "pay_bill"):
        event = next((front_desk.root / "lambdas" / function / "events").glob("*.json")).read_bytes()
        alias = front_desk.environment.alias_arn(function, "us-east-1")
        front_desk.aws.client("lambda", "us-east-1").invoke(FunctionName=alias, Payload=event)
    line = Line(front_desk.environment, front_desk.instance, front_desk.aws, allow_effects=True)
    result, _ = scripts.play(scripts.load(str(ROOT / "tests" / "calls" / f"{name}.call")), line)
    return result


def test_a_transfer_whose_reply_is_lost_is_told_from_its_record(
    front_desk: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_replies(monkeypatch, lambda _, operation: operation == "fundsTransfer")
    result = place(front_desk, "transfer")
    assert "Your savings account now holds $2818.19" in said(result)
    assert cents(front_desk, "savings") == 301819 - 20000
    assert len(requests(front_desk, result.contact_id)) == 1


def test_a_transfer_that_nobody_can_tell_of_goes_to_a_person_and_happened_once(
    front_desk: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_replies(monkeypatch, lambda function, operation: operation in ("fundsTransfer", "requestState"))
    result = place(front_desk, "transfer")
    assert "I cannot tell whether the money was moved." in said(result)
    assert front_desk.instance.resources["queue_support"] in result.transcript[-1].text
    assert result.attributes["lastError"] == "transferUncertain"
    assert cents(front_desk, "savings") == 301819 - 20000
    assert len(requests(front_desk, result.contact_id)) == 1


def test_a_payment_that_nobody_can_tell_of_goes_to_a_person_and_happened_once(
    front_desk: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_replies(monkeypatch, lambda _, operation: operation in ("pay", "state"))
    result = place(front_desk, "pay_by_key")
    assert "I cannot tell whether your bill is paid." in said(result)
    assert front_desk.instance.resources["queue_billing"] in result.transcript[-1].text
    assert len(requests(front_desk, result.contact_id)) == 1


def test_a_code_whose_reply_is_lost_is_sent_once(
    front_desk: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_replies(monkeypatch, lambda _, operation: operation == "issue")
    result = place(front_desk, "transfer")
    messages = [entry for entry in result.transcript if "Your Patchbay code is" in entry.text]
    assert len(messages) == 1
    assert "Your savings account now holds $2818.19" in said(result)


def test_a_card_whose_reply_is_lost_is_blocked_and_the_caller_hears_so(
    front_desk: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_replies(monkeypatch, lambda _, operation: operation == "lockCard")
    result = place(front_desk, "block_card")
    assert "Your card is blocked. A new one is on its way." in said(result)
    assert item(front_desk, "accounts")["card_locked"] == {"BOOL": True}
