"""Handlers that break Connect's contract: the caller goes down the Error branch, the transcript says why."""

from collections.abc import Iterator

import pytest

from patchbay.simulator.transcript import Invocation, Who
from tests.e2e.by_hand import kept, move, publish
from tests.e2e.deployed import Deployed
from tests.e2e.reads import said

TUTORIAL = ("us-west-2", "tutorial")

# The contact attribute `answer` says what it returns, `decorated` whether Patchbay's decorator looks at it.
HANDLER = """
import time
from common.handler import contact_handler

ANSWERS = {
    "list": ["GGG"],
    "nested": {"customerBalance": {"amount": "1"}},
    "large": {"customerBalance": "1" * 33 * 1024},
}

def answer(attributes):
    if attributes["answer"] == "late":
        time.sleep(20)
    return ANSWERS[attributes["answer"]]

checked = contact_handler(lambda event: answer(event.attributes))

def handler(event, context):
    attributes = event["Details"]["ContactData"]["Attributes"]
    return checked(event, context) if attributes["decorated"] == "yes" else answer(attributes)
"""

REASONS = {
    "list": "the response is an array, but Connect takes an object",
    "nested": "'customerBalance' is an object, but a STRING_MAP takes strings only",
    "large": "the response has 33815 bytes, but Connect takes fewer than 32768",
}


@pytest.fixture(scope="module")
def misbehaving(deployed: Deployed) -> Iterator[Deployed]:
    """The tutorial's alias on a version that answers what the caller's attributes say."""
    with kept(deployed, TUTORIAL):
        move(deployed, TUTORIAL, publish(deployed, TUTORIAL, handler=HANDLER))
        yield deployed


def _call(deployed: Deployed, **attributes: str) -> tuple[Invocation, str]:
    result = deployed.call("tutorial", **attributes)
    (invocation,) = result.invocations
    assert said(result).splitlines()[-1] == "Please try again later."
    assert f"Error branch (NoMatchingError), to 'Say to try again': {invocation.outcome}" in said(
        result, Who.BRANCH
    )
    return invocation, said(result, Who.LAMBDA)


@pytest.mark.parametrize("answer", REASONS)
def test_connect_refuses_the_answer_of_a_bare_handler_once(misbehaving: Deployed, answer: str) -> None:
    invocation, told = _call(misbehaving, answer=answer, decorated="no")
    assert (invocation.outcome, invocation.attempts) == ("response-refused", 1)
    assert invocation.error == REASONS[answer]
    assert REASONS[answer] in told


@pytest.mark.parametrize("answer", REASONS)
def test_our_decorator_raises_so_that_lambda_counts_an_error_and_connect_retries(
    misbehaving: Deployed, answer: str
) -> None:
    invocation, told = _call(misbehaving, answer=answer, decorated="yes")
    assert (invocation.outcome, invocation.attempts) == ("function-error", 4)
    assert str(invocation.error).startswith("the function failed: ")
    assert str(invocation.error).endswith(REASONS[answer])
    assert told.count(REASONS[answer]) == 4


def test_a_handler_that_sleeps_past_the_limit_is_cut_off_there(misbehaving: Deployed) -> None:
    invocation, told = _call(misbehaving, answer="late", decorated="no")
    assert (invocation.outcome, invocation.attempts, invocation.duration_ms) == ("time-limit", 1, 3000)
    assert "no answer within 3.0 s" in told
