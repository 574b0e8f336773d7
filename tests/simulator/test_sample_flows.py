"""The flows that the kit brings along, with stubbed functions."""

import random
from pathlib import Path

import pytest

from patchbay import environments, flow_templates
from patchbay.simulator import flow, stubs
from patchbay.simulator.contact import Contact, Endpoint
from patchbay.simulator.flowlog import Entries
from patchbay.simulator.interpreter import place_call
from patchbay.simulator.transcript import CallResult, Who
from tests.simulator.world import heard

TUTORIAL = {"customerBalance": "512", "websiteUrl": "www.GGG.com/support"}
KNOWN = {
    "status": "ok",
    "found": "true",
    "customerId": "C-1",
    "name": "Ana",
    "language": "en-US",
    "membership": "gold",
    "openCase": "none",
    "caseTeam": "none",
}
UNKNOWN = {**KNOWN, "found": "false", "customerId": "none", "name": "none", "membership": "none"}
BALANCE = {"status": "ok", "Result": "Success", "Balance": {"Savings": "$3018.19", "Checking": "$577.42"}}
UNKNOWN_ACCOUNT = {"status": "error", "errorType": "unknownCustomer", "retryable": "false"}
BUSY = {"status": "error", "errorType": "accountUnavailable", "retryable": "true"}
DOWN = {"$stub": {"error": "down"}}


def place(name: str, log: Entries | None = None, **responses: object) -> CallResult:
    environment = environments.load("local")
    instance = environment.instances[0]
    source = environment.root / "flows" / f"{name}.json"
    content = flow_templates.render(source.read_text(encoding="utf-8"), environment, instance, source.name)
    functions = stubs.StubFunctions(
        {environment.names.function(f): stubs.parse(response, f) for f, response in responses.items()}
    )
    caller = Contact("contact-1", "VOICE", Endpoint.of("+12025550100"), instance=instance.arn)
    return place_call(flow.load(content, name), caller, functions, flow_log=log, rng=random.Random(1))


def test_the_tutorial_greets_and_says_the_balance() -> None:
    result = place("tutorial", tutorial=TUTORIAL)

    assert heard(result) == [
        "Hello, thank you for calling GGG inc.",
        "Your remaining balance is 512. Thank you for calling GGG. "
        "Visit www.GGG.com/support for more information.",
    ]
    assert result.attributes == {"companyName": "GGG", "MyBalance": "512", "MyURL": "www.GGG.com/support"}
    assert result.ended == "disconnected by flow"


@pytest.mark.parametrize(
    "response", [DOWN, ["a list"], {"$stub": {"delay_ms": 60_000}}, {**TUTORIAL, "customerBalance": 512}]
)
def test_the_tutorials_error_branch_asks_to_try_again(response: object) -> None:
    log = Entries()

    result = place("tutorial", log, tutorial=response)

    assert heard(result)[1:] == ["Please try again later."]
    assert result.ended == "disconnected by flow"
    assert any("Results" in entry for entry in log.entries)


def test_the_balance_is_said_to_a_caller_by_name() -> None:
    result = place("check_balance", customer_lookup=KNOWN, account_service=BALANCE)

    assert heard(result) == [
        "Welcome to account services.",
        "Hello, Ana. One moment, I am looking up your balance.",
        "Your savings account holds $3018.19, your checking account $577.42. Goodbye.",
    ]
    assert [i.outcome for i in result.invocations] == ["success", "success"]
    assert result.ended == "disconnected by flow"


@pytest.mark.parametrize(
    "lookup", [DOWN, {**KNOWN, "name": "none"}, {**BUSY, "errorType": "lookupUnavailable"}]
)
def test_a_lookup_without_a_name_does_not_keep_the_caller_from_the_balance(lookup: object) -> None:
    result = place("check_balance", customer_lookup=lookup, account_service=BALANCE)

    assert heard(result)[1] == "One moment, please. I am looking up your balance."
    assert "$3018.19" in heard(result)[-1]


@pytest.mark.parametrize(
    ("lookup", "account", "said"),
    [
        (UNKNOWN, BALANCE, "do not find an account"),
        (DOWN, UNKNOWN_ACCOUNT, "do not find an account"),
        (KNOWN, BUSY, "cannot read your balance"),
        (KNOWN, DOWN, "cannot read your balance"),
    ],
)
def test_who_cannot_be_served_is_put_through_to_a_person(lookup: object, account: object, said: str) -> None:
    result = place("check_balance", customer_lookup=lookup, account_service=account)

    assert said in heard(result)[-1]
    assert result.ended == "transferred to queue"
    assert "queue/" in heard(result, Who.FLOW)[-1]


@pytest.mark.parametrize(
    "path", sorted((environments.ROOT / "flows").glob("*.json")), ids=lambda path: path.stem
)
def test_every_invoke_block_is_written_as_the_console_writes_it(path: Path) -> None:
    read = flow.load(path.read_text(encoding="utf-8"), path.stem)
    blocks = [a for a in read.actions.values() if a.type == "InvokeLambdaFunction"]

    assert blocks
    for action in blocks:
        assert action.parameters["LambdaFunctionARN"].startswith("{{function:")
        assert action.parameters["InvocationTimeLimitSeconds"].startswith("{{time_limit:")
        assert action.parameters["InvocationType"] == "SYNCHRONOUS"
        assert action.mapping("ResponseValidation")["ResponseType"].startswith("{{response:")
        assert "NoMatchingError" in action.errors


@pytest.mark.parametrize(
    "path", sorted((environments.ROOT / "flows").glob("*.json")), ids=lambda path: path.stem
)
def test_scalars_are_strings_and_none_is_empty(path: Path) -> None:
    def scalars(value: object) -> list[object]:
        if isinstance(value, dict):
            return [s for inner in value.values() for s in scalars(inner)]
        return [s for inner in value for s in scalars(inner)] if isinstance(value, list) else [value]

    read = flow.load(path.read_text(encoding="utf-8"), path.stem)
    assert all(isinstance(s, str) and s for a in read.actions.values() for s in scalars(dict(a.parameters)))
