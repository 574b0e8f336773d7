"""Every Python function of a flow, with whatever a flow may send: answer, effect and log."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lambdas.fuzz import effects, events, parameters
from tests.lambdas.fuzz.answers import Asked, operation, settings
from tests.lambdas.fuzz.deployment import ERRORS, Deployment
from tests.lambdas.fuzz.examples import fuzzed
from tests.lambdas.fuzz.logged import Log
from tests.lambdas.invocations import SAMPLES, contact_event

PLAIN = [name for name in SAMPLES if name in parameters.KNOWN and not settings(name).effects]
"""A function that somebody adds to the samples has its parameters to be told here first."""
AsDeployed = Callable[[str], None]
failures: st.SearchStrategy[list[str]] = st.lists(st.sampled_from(ERRORS), max_size=3)
"""Of the services beside the tables."""


@pytest.mark.parametrize("function", PLAIN)
@fuzzed(30)
@given(data=st.data())
def test_a_function_without_effects_answers_the_same_event_the_same_way_twice(
    function: str, data: st.DataObject, deployment: Deployment, log: Log, as_deployed: AsDeployed
) -> None:
    as_deployed(function)
    deployment.restore()
    asked = Asked(function, data.draw(events.contacts(function)), log)
    refused = data.draw(failures)
    deployment.services.errors = [*refused]
    first = asked.answer()
    deployment.services.errors = []
    second = asked.answer()
    assert refused or first == second
    assert asked.answer() == second
    started = [request for request in deployment.services.taken if "InvocationType" in request]
    assert len(started) <= 1


def earlier(function: str, raw: Any, data: st.DataObject) -> Any:
    """A good event of the same contact, for requests that have a past."""
    contact = events.contact_id(raw)
    if contact is None or not data.draw(st.booleans(), label="has a past"):
        return None
    caller = data.draw(st.sampled_from(parameters.CALLERS))
    return contact_event(data.draw(parameters.good(function)), caller=caller, ContactId=contact)


@fuzzed(50)
@given(data=st.data())
def test_an_account_changes_once_at_most(
    data: st.DataObject, deployment: Deployment, log: Log, as_deployed: AsDeployed
) -> None:
    as_deployed("account_service")
    deployment.restore()
    asked = Asked("account_service", data.draw(events.contacts("account_service")), log)
    if past := earlier("account_service", asked.raw, data):
        Asked("account_service", past, log).answer()
    before = deployment.items()
    first = asked.answer()
    assert asked.answer() == first
    changes = effects.account_changes(before, deployment.items())
    assert changes <= (operation(asked.raw) in ("lockCard", "fundsTransfer"))


@fuzzed(50)
@given(data=st.data())
def test_a_bill_is_paid_once_at_most(
    data: st.DataObject, deployment: Deployment, log: Log, as_deployed: AsDeployed
) -> None:
    as_deployed("pay_bill")
    deployment.restore()
    asked = Asked("pay_bill", data.draw(events.contacts("pay_bill")), log)
    if past := earlier("pay_bill", asked.raw, data):
        Asked("pay_bill", past, log).answer()
    before = deployment.items()
    first = asked.answer()
    assert asked.answer() == first
    assert effects.payments(before, deployment.items()) <= (operation(asked.raw) == "pay")


@fuzzed(50)
@given(data=st.data())
def test_a_contact_gets_one_code_at_most_and_uses_it_once(
    data: st.DataObject, deployment: Deployment, log: Log, as_deployed: AsDeployed
) -> None:
    as_deployed("one_time_password")
    deployment.restore()
    raw = data.draw(events.contacts("one_time_password"))
    past = earlier("one_time_password", raw, data)
    deployment.services.errors = data.draw(failures)
    if past:
        past["Details"]["Parameters"]["operation"] = "issue"
        Asked("one_time_password", past, log).answer()
    asked = Asked("one_time_password", with_code(raw, code(deployment)), log, frozenset([code(deployment)]))
    before = deployment.items()
    answers = [asked.answer() or {} for _ in range(3)]
    assert len(deployment.services.taken) <= 1
    assert [answer.get("verified") for answer in answers].count("true") <= 1
    if operation(raw) not in ("issue", "verify"):
        assert deployment.items() == before


def code(deployment: Deployment) -> str:
    """The one that went out, or one that did not."""
    sent = deployment.services.taken
    return sent[-1]["Message"][-6:] if sent else "735197"


def with_code(raw: Any, sent: str) -> Any:
    """The event with `sent` where RIGHT_CODE stands for it."""
    filled = copy.deepcopy(raw)
    given = filled.get("Details", {}) if isinstance(filled, dict) else {}
    inputs = given.get("Parameters") if isinstance(given, dict) else None
    if isinstance(inputs, dict) and inputs.get("code") == parameters.RIGHT_CODE:
        inputs["code"] = sent
    return filled
