"""Set contact attributes, for the contact and for the flow."""

from patchbay.simulator.flowlog import Entries
from patchbay.simulator.transcript import Who
from tests.simulator.world import block, call, contact, heard, says


def test_attributes_are_set_from_text_and_references() -> None:
    sets = block(
        "set", "UpdateContactAttributes", {"Attributes": {"company": "GGG", "who": "$.Attributes.name"}}
    )

    result = call(sets, caller=contact(attributes={"name": "Ana"}))

    assert result.attributes == {"name": "Ana", "company": "GGG", "who": "Ana"}


def test_keys_may_be_references_and_empty_ones_are_left_out() -> None:
    sets = block(
        "set",
        "UpdateContactAttributes",
        {"Attributes": {"$.External.key": "value", "$.External.none": "lost"}},
    )

    result = call(sets, caller=contact(external={"key": "colour"}))

    assert result.attributes == {"colour": "value"}
    assert heard(result, Who.FLOW)[0].startswith("1 attributes have a key that reads as nothing")


def test_values_are_read_before_any_is_set() -> None:
    sets = block(
        "set", "UpdateContactAttributes", {"Attributes": {"a": "$.Attributes.b", "b": "$.Attributes.a"}}
    )

    assert call(sets, caller=contact(attributes={"a": "1", "b": "2"})).attributes == {"a": "2", "b": "1"}


def test_the_related_contact_is_another_one() -> None:
    sets = block("set", "UpdateContactAttributes", {"Attributes": {"a": "1"}, "TargetContact": "Related"})

    result = call(sets)

    assert result.attributes == {}
    assert heard(result, Who.FLOW)[0] == "on the related contact: a = '1'"


def test_each_attribute_is_logged() -> None:
    log = Entries()

    call(
        block("set", "UpdateContactAttributes", {"Attributes": {"a": "1", "b": "2"}}),
        caller=contact(logging=True),
        log=log,
    )

    sets = [e["Parameters"] for e in log.entries if e["ContactFlowModuleType"] == "SetAttributes"]
    assert sets == [
        {"Key": "a", "Value": "1", "AddAttributeToRelatedContact": "false"},
        {"Key": "b", "Value": "2", "AddAttributeToRelatedContact": "false"},
    ]


def test_flow_attributes_stay_out_of_the_contact() -> None:
    sets = block(
        "set", "UpdateFlowAttributes", {"FlowAttributes": {"step": {"Value": "$.Channel"}}}, next_="say"
    )

    result = call(sets, says("say", "It is $.FlowAttributes.step."))

    assert heard(result) == ["It is VOICE."]
    assert result.attributes == {}
