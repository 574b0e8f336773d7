"""Real flows from public repositories run to an end; they are beside the checkout, where they are at all."""

import json
import random
from pathlib import Path

import pytest

from patchbay.simulator import actions, flow, stubs
from patchbay.simulator.contact import Contact, Endpoint
from patchbay.simulator.flow import Flow
from patchbay.simulator.given import Given
from patchbay.simulator.interpreter import STEP_LIMIT, place_call
from patchbay.simulator.participant import Prepared, Utterance
from patchbay.simulator.transcript import CallResult, Who

PUBLIC = Path(__file__).parents[3] / "shared" / "flows"
OWN = Path(__file__).parents[1] / "data" / "flows"
FLOWS = sorted([*PUBLIC.glob("*.json"), *OWN.glob("*.json")])
KEYS = [(), ("1", "2025550100", "1", "2"), ("9",) * 20]
RESPONSES: list[dict[str, object]] = [
    {"$stub": {"delay_ms": 120, "response": {"status": "COMPLETED", "statusCode": "200"}}},
    {"$stub": {"error": "down"}},
]


def stubbed(read: Flow, response: object) -> stubs.StubFunctions:
    """A stub for everything that the flow names, as it names it."""
    named = {
        str(action.parameters["LambdaFunctionARN"])
        for action in read.actions.values()
        if action.type == "InvokeLambdaFunction"
    }
    return stubs.StubFunctions({name: stubs.parse(response, "stub") for name in named})


def place(path: Path, channel: str, digits: tuple[str, ...], response: object) -> tuple[Flow, CallResult]:
    read = flow.load(path.read_text(encoding="utf-8"), path.stem)
    caller = Contact("c", channel, Endpoint.of("+12025550100") if channel == "VOICE" else None)
    return read, place_call(read, caller, stubbed(read, response), digits=digits, rng=random.Random(1))


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public flows are not part of the repository")
def test_the_public_flows_are_all_there() -> None:
    assert len(list(PUBLIC.glob("*.json"))) == 12


@pytest.mark.parametrize("response", RESPONSES, ids=["answered", "failed"])
@pytest.mark.parametrize("digits", KEYS, ids=["silent", "keys", "nines"])
@pytest.mark.parametrize("channel", ["VOICE", "CHAT", "TASK", "EMAIL", "HOLOGRAM"])
@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_flow_loads_and_runs_to_an_end(
    path: Path, channel: str, digits: tuple[str, ...], response: object
) -> None:
    _, result = place(path, channel, digits, response)

    assert result.ended != "step limit"
    assert len(result.transcript) < 3 * STEP_LIMIT
    assert json.dumps(result.as_dict())


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_what_is_not_simulated_is_named(path: Path) -> None:
    read, result = place(path, "VOICE", KEYS[1], RESPONSES[0])

    named = {e.text.split()[0] for e in result.transcript if "is not simulated" in e.text}
    assert named <= {action.type for action in read.actions.values()} - set(actions.SIMULATED)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_every_block_of_a_type_that_is_not_simulated_is_named_when_it_runs(path: Path) -> None:
    read = flow.load(path.read_text(encoding="utf-8"), path.stem)
    for action in read.actions.values():
        if action.type in actions.SIMULATED:
            continue
        alone = Flow(read.name, action.identifier, read.actions, read.arn, read.is_module)
        result = place_call(
            alone, Contact("c"), stubbed(read, RESPONSES[0]), rng=random.Random(1), step_limit=1
        )
        assert result.transcript[0].who is Who.FLOW
        assert result.transcript[0].text.startswith(f"{action.type} is not simulated")


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public flows are not part of the repository")
def test_a_public_flow_runs_its_public_module_and_goes_on_behind_it() -> None:
    main, inner = (
        flow.load((PUBLIC / f"{name}.json").read_text(encoding="utf-8"), name)
        for name in ("outbound-call-main", "outbound-call-name-module")
    )
    short = json.dumps(
        {
            "Version": "2019-10-30",
            "StartAction": "return",
            "Settings": {},
            "Actions": [
                {
                    "Identifier": "return",
                    "Type": "EndFlowModuleExecution",
                    "Parameters": {},
                    "Transitions": {},
                }
            ],
        }
    )
    known = {"id:name": inner, "id:short": flow.load(short, "short")}
    names = ("INIT_MODULE_ID", "CUST_RESPONSE_MODULE_ID", "ERROR_HANDLING_MODULE_ID")
    attributes = {**dict.fromkeys(names, "id:short"), "GET_CUST_NAME_MODULE_ID": "id:name"}
    functions = stubs.StubFunctions(
        {**stubbed(main, RESPONSES[0]).stubs, **stubbed(inner, RESPONSES[0]).stubs}
    )

    result = place_call(
        main,
        Contact("c", attributes=attributes),
        functions,
        flows=known,
        participant=Prepared.of(utterances=[Utterance("Ana Silva", "GetName", {"firstName": "Ana"})] * 3),
        rng=random.Random(1),
    )

    told = [entry.text for entry in result.transcript if entry.who is Who.FLOW]
    assert "the module outbound-call-name-module runs" in told
    assert "the module short returns" in told
    assert result.ended == "disconnected by flow"


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_what_is_only_named_goes_where_the_call_says(path: Path) -> None:
    read = flow.load(path.read_text(encoding="utf-8"), path.stem)
    for action in read.actions.values():
        if action.type in actions.SIMULATED:
            continue
        alone = Flow(read.name, action.identifier, read.actions, read.arn, read.is_module)
        for error, target in action.errors.items():
            result = place_call(
                alone,
                Contact("c"),
                stubbed(read, RESPONSES[0]),
                given={action.identifier: Given(error)},
                step_limit=1,
            )
            assert f"({error}), to {target!r}" in result.transcript[1].text
