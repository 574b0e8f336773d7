"""Calls that leave no trace."""

import json
from dataclasses import replace

from patchbay.doctor.checks.flow_logging import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read, Unread
from tests.doctor import scenes
from tests.doctor.checks import edited
from tests.doctor.checks.alone import alone, reasons, reported


def _silent(flow: str = "tutorial") -> Scene:
    """Its first block switches logging off instead of on."""
    scene = scenes.healthy()
    text = edited.content(scene, flow).replace('"Enabled"', '"Disabled"')
    return scenes.with_flow(scene, flow, text)


def test_an_instance_that_writes_no_flow_logs_is_a_warning() -> None:
    finding = alone(CHECK, scenes.with_instance(scenes.healthy(), logs_flows=Read(value=False)))

    assert finding.status is Status.WARN
    assert finding.sentence == "CONTACTFLOW_LOGS is off: no flow of the instance is logged"
    assert finding.fix == (
        "aws connect update-instance-attribute --region us-east-1 --instance-id "
        "11111111-2222-3333-4444-555555555555 --attribute-type CONTACTFLOW_LOGS --value true"
    )


def test_a_log_group_that_is_gone_is_a_warning() -> None:
    finding = alone(CHECK, scenes.with_instance(scenes.healthy(), log_group=Read(value=False)))

    assert finding.sentence.startswith("there is no log group /aws/connect/patchbay-local")
    assert finding.fix == (
        "aws logs create-log-group --region us-east-1 --log-group-name /aws/connect/patchbay-local"
    )


def test_a_log_group_that_was_never_made_comes_with_the_attribute() -> None:
    off = scenes.with_instance(scenes.healthy(), log_group=Read(value=False), logs_flows=Read(value=False))

    assert "CONTACTFLOW_LOGS" in alone(CHECK, off).sentence


def test_a_flow_that_switches_nothing_on_is_a_warning() -> None:
    finding = alone(CHECK, _silent())

    assert finding.place.label == "flow tutorial of americas"
    assert finding.sentence == (
        "patchbay-local-tutorial has no block that switches flow logging on: its calls leave no trace"
    )


def test_a_flow_of_another_type_is_entered_from_one_that_switches_it_on() -> None:
    scene = _silent()
    (live,) = scene.seen.instances
    assert isinstance(live.flows, Read)
    whispers = tuple(replace(each, type="AGENT_WHISPER") for each in live.flows.value)

    assert reported(scenes.with_instance(scene, flows=Read(whispers))) == {}


def test_a_block_that_nothing_leads_to_switches_nothing_on() -> None:
    scene = scenes.healthy()
    flow = json.loads(edited.content(scene, "tutorial"))
    first = next(a for a in flow["Actions"] if a["Identifier"] == flow["StartAction"])
    assert first["Type"] == "UpdateFlowLoggingBehavior"
    flow["StartAction"] = first["Transitions"]["NextAction"]

    alone(CHECK, scenes.with_flow(scene, "tutorial", json.dumps(flow)))


def test_a_flow_that_another_leads_to_takes_its_logging_over() -> None:
    scene = _silent()
    (live,) = scene.seen.instances
    assert isinstance(live.flows, Read)
    target = next(f.id for f in live.flows.value if f.name.endswith("tutorial"))
    text = json.loads(edited.content(scene, "check_balance"))
    text["Actions"].append(
        {
            "Identifier": "On",
            "Type": "TransferToFlow",
            "Parameters": {"ContactFlowId": f"{live.instance.arn}/contact-flow/{target}"},
            "Transitions": {},
        }
    )

    assert reported(scenes.with_flow(scene, "check_balance", json.dumps(text))) == {}


def test_switching_off_for_a_while_is_fine() -> None:
    scene = scenes.healthy()
    flow = json.loads(edited.content(scene, "tutorial"))
    off = {
        "Identifier": "Off",
        "Type": "UpdateFlowLoggingBehavior",
        "Parameters": {"FlowLoggingBehavior": "Disabled"},
        "Transitions": {"NextAction": flow["StartAction"]},
    }
    flow["Actions"].append(off)
    flow["StartAction"] = "Off"

    assert reported(scenes.with_flow(scene, "tutorial", json.dumps(flow))) == {}


def test_an_attribute_that_cannot_be_read_is_skipped() -> None:
    denied = Unread("no right", "connect:DescribeInstanceAttribute")

    assert reasons(CHECK, scenes.with_instance(scenes.healthy(), logs_flows=denied)) == ["no right"]
