"""The tutorial's function in Node.js, with whatever a flow may send; and that of Python beside it."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given

from tests.lambdas.fuzz import events, logged
from tests.lambdas.fuzz.answers import Asked, check_answer, settings
from tests.lambdas.fuzz.examples import fuzzed
from tests.lambdas.fuzz.logged import Log
from tests.lambdas.node.runner import Answer, NodeHandler


@pytest.fixture(scope="module")
def process() -> Iterator[NodeHandler]:
    with NodeHandler("tutorial_node", {"PATCHBAY_RESPONSE_TYPE": "STRING_MAP"}) as handler:
        yield handler


@fuzzed(80)
@given(raw=events.contacts("tutorial_node"))
def test_both_languages_answer_alike_and_log_nothing_of_the_caller(
    raw: Any, process: NodeHandler, log: Log, as_deployed: Callable[[str], None]
) -> None:
    as_deployed("tutorial")
    raw = finite(raw)
    found = process.invoke(raw)
    answer = checked(found, raw)
    assert checked(process.invoke(raw), raw) == answer
    twin = Asked("tutorial", raw, log).answer()
    assert (answer is None) is (twin is None)
    if not number(raw):
        assert answer == twin


def checked(found: Answer, raw: Any) -> dict[str, Any] | None:
    """What the flow gets; None for a payload that is no event, which has to throw."""
    secrets = logged.personal(raw)
    lines = logged.check(list(found.log_lines), secrets)
    if found.error:
        assert found.error.type == "NotAConnectEvent"
        assert events.contact_id(raw) is None
        logged.check_text(found.error.message + found.error.printed, secrets)
        return None
    assert {line["contact_id"] for line in lines} == {events.contact_id(raw)}
    answer: dict[str, Any] = found.value
    check_answer(answer, settings("tutorial_node"))
    return answer


def finite(value: Any) -> Any:
    """Without what JavaScript's JSON does not have."""
    if isinstance(value, dict):
        return {key: finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def number(raw: Any) -> bool:
    """Whether the company is a number: the languages write some of them in other ways."""
    details = raw.get("Details") if isinstance(raw, dict) else None
    inputs = details.get("Parameters") if isinstance(details, dict) else None
    company = inputs.get("companyName") if isinstance(inputs, dict) else None
    return isinstance(company, int | float) and not isinstance(company, bool)
