"""The tutorial's function in Node.js gives the answers of the one in Python."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.lambdas.invocations import contact_event, invoke, recorded_events
from tests.lambdas.node.runner import NodeHandler
from tutorial import logic

ANY = st.text(st.characters(), max_size=80)
"""Halves of surrogate pairs among them."""


@pytest.fixture(scope="module")
def process() -> Iterator[NodeHandler]:
    with NodeHandler("tutorial_node") as handler:
        yield handler


def test_company_name_in_balance_and_url_out(process: NodeHandler) -> None:
    answer = process.invoke(contact_event({"companyName": "GGG"})).value
    assert answer.keys() == {"customerBalance", "websiteUrl"}
    assert answer["customerBalance"].isdigit()
    assert answer["websiteUrl"] == "www.GGG.com/support"


def test_the_recorded_events_are_those_of_the_other_and_get_its_answers(process: NodeHandler) -> None:
    events = recorded_events("tutorial_node")
    assert events == recorded_events("tutorial")
    for event in events.values():
        assert process.invoke(event).value == invoke("tutorial", event)


@settings(max_examples=150, deadline=None)
@given(caller=st.none() | st.text(), company=st.none() | st.booleans() | st.integers(0, 2**53) | ANY)
@example(caller="+14165550011", company="😀 株式会社 G-")
@example(caller="+14165550011", company="\ud800GGG")
@example(caller="", company="\ufeff-GGG\u2003")
def test_any_event_gets_the_same_answer(process: NodeHandler, caller: str | None, company: object) -> None:
    event = contact_event({"companyName": company}, caller=caller)
    assert process.invoke(event).value == invoke("tutorial", event)


@settings(max_examples=150, deadline=None)
@given(caller=ANY, company=st.none() | ANY)
@example(caller="\ud800", company="half \udc00")
def test_any_caller_and_company_get_the_same_answer(
    process: NodeHandler, caller: str, company: str | None
) -> None:
    # The way through JSON joins the halves of a pair.
    sent = json.loads(json.dumps([caller, company]))
    told = process.call("tutorial_node/logic.mjs", "answer", caller, company).value
    assert told == logic.answer(*sent)


def test_a_company_name_is_cut_to_what_a_host_name_may_be(process: NodeHandler) -> None:
    answer = process.call("tutorial_node/logic.mjs", "websiteUrl", "G" * 62 + "--" + "G")
    assert answer.value == logic.website_url("G" * 62 + "--" + "G") == f"www.{'G' * 62}.com/support"
