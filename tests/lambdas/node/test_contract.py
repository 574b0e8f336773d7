"""Every Node.js sample takes everything that Connect may send, and answers what Connect accepts."""

from collections.abc import Iterator

import pytest

from common.response import refusal
from patchbay.functions import Kind, Runtime
from tests.lambdas.invocations import FOLDERS, recorded_events, settings_of
from tests.lambdas.node.runner import NodeHandler
from tests.lambdas.test_contract import SHAPES, paths

SAMPLES = [
    name
    for name in FOLDERS
    if settings_of(name).kind is Kind.FLOW and settings_of(name).runtime is Runtime.NODE
]


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def process(sample: str) -> Iterator[NodeHandler]:
    settings = settings_of(sample)
    environment = {**settings.environment, "PATCHBAY_RESPONSE_TYPE": settings.response.value}
    with NodeHandler(sample, environment) as handler:
        yield handler


def test_there_is_a_sample() -> None:
    assert SAMPLES


@pytest.mark.parametrize("shape", SHAPES)
def test_every_event_is_answered_with_what_connect_accepts(
    sample: str, process: NodeHandler, shape: str
) -> None:
    answer = process.invoke(SHAPES[shape])
    assert refusal(answer.value, settings_of(sample).response) is None
    assert "" not in answer.value.values()
    assert [line["message"] for line in answer.lines] == ["invocation started", "invocation"]


def test_a_payload_that_connect_did_not_send_throws(process: NodeHandler) -> None:
    error = process.invoke({"Records": []}).error
    assert error is not None
    assert error.type == "NotAConnectEvent"


@pytest.mark.parametrize("channel", ["voice", "chat", "task", "email"])
def test_the_recorded_events_are_answered_with_what_the_sample_says(
    sample: str, process: NodeHandler, channel: str
) -> None:
    event = recorded_events(sample)[channel]
    assert event["Details"]["ContactData"]["Channel"] == channel.upper()
    answer = process.invoke(event).value
    assert answer.get("status") != "error"
    assert set(paths(answer)) <= set(settings_of(sample).returns or ())
