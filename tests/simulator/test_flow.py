"""Reading flow JSON."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from patchbay.errors import UserError
from patchbay.simulator import flow
from tests.simulator.world import END, block, says, text

Change = Callable[[dict[str, Any]], object]


def test_a_flow_is_read_with_its_branches() -> None:
    read = flow.load(
        text(
            block(
                "menu",
                "Compare",
                conditions=[("Equals", "1", "end")],
                errors={"NoMatchingCondition": "sorry"},
            )
        ),
        "menu",
    )

    menu = read.actions["menu"]
    assert (read.start, menu.type, menu.next) == ("menu", "Compare", "end")
    assert menu.conditions == (flow.Condition("Equals", ("1",), "end"),)
    assert menu.errors == {"NoMatchingCondition": "sorry"}
    assert not read.is_module


def test_a_settings_key_makes_it_a_module() -> None:
    data = {**json.loads(text(END)), "Settings": {"InputParameters": []}}

    assert flow.load(json.dumps(data), "module").is_module


def test_a_block_may_lack_parameters() -> None:
    data = json.loads(text(says("hello", "Hello.")))
    del data["Actions"][0]["Parameters"]

    assert flow.load(json.dumps(data), "bare").actions["hello"].parameters == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.pop("StartAction"), "StartAction"),
        (lambda f: f.update(StartAction="nowhere"), "'nowhere'"),
        (lambda f: f.update(Version="2017"), "'2017'"),
        (lambda f: f.update(Actions=[]), "Actions"),
        (lambda f: f.update(Actions="none"), "Actions"),
        (lambda f: f["Actions"].append(f["Actions"][0]), "more than once"),
        (lambda f: f["Actions"][0].pop("Type"), "Type"),
        (lambda f: f["Actions"][0].pop("Transitions"), "Transitions"),
        (lambda f: f["Actions"][0]["Transitions"].update(NextAction="gone"), "'gone'"),
        (lambda f: f["Actions"][0]["Transitions"].update(Errors=[{"ErrorType": "X"}]), "NextAction"),
        (
            lambda f: f["Actions"][0]["Transitions"].update(
                Errors=[{"ErrorType": "X", "NextAction": "lost"}]
            ),
            "'lost'",
        ),
    ],
)
def test_a_malformed_flow_is_refused_with_its_name_and_what_is_wrong(change: Change, said: str) -> None:
    data = json.loads(text(says("hello", "Hello.")))
    change(data)

    with pytest.raises(UserError, match="flow broken") as refused:
        flow.load(json.dumps(data), "broken")
    assert said in str(refused.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_what_is_no_flow_is_refused(content: str) -> None:
    with pytest.raises(UserError, match="flow broken"):
        flow.load(content, "broken")
