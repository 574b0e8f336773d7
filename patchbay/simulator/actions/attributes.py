"""Blocks that set attributes."""

from collections.abc import Mapping

from patchbay.simulator.branches import onward
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who


def update_contact_attributes(action: Action, call: Call) -> str | None:
    """Set contact attributes. All values are read before any is set; keys may be references."""
    given = _resolved(action.mapping("Attributes"), call)
    related = call.parameter(action, "TargetContact") == "Related"
    for key, value in given.items():
        call.log(action, {"Key": key, "Value": value, "AddAttributeToRelatedContact": str(related).lower()})
    if related:
        call.note(Who.FLOW, f"on the related contact: {_listed(given)}")
        return onward(action, call)
    call.contact.attributes.update(given)
    call.note(Who.FLOW, f"attributes: {_listed(given)}")
    return onward(action, call)


def update_flow_attributes(action: Action, call: Call) -> str | None:
    """Set contact attributes with the target Flow: each value stands under `Value`."""
    raw = action.mapping("FlowAttributes")
    values = {key: v.get("Value") if isinstance(v, Mapping) else v for key, v in raw.items()}
    given = _resolved(values, call)
    for key, value in given.items():
        call.log(action, {"Key": key, "Value": value})
    call.contact.flow_attributes.update(given)
    call.note(Who.FLOW, f"flow attributes: {_listed(given)}")
    return onward(action, call)


def _resolved(attributes: Mapping[str, object], call: Call) -> dict[str, str]:
    """Keys and values with their references read; a key that reads as nothing is left out, and said so."""
    resolved = [(call.text(key), call.text(value)) for key, value in attributes.items()]
    unnamed = sum(not key for key, _ in resolved)
    if unnamed:
        call.note(Who.FLOW, f"{unnamed} attributes have a key that reads as nothing and are left out")
    return {key: value for key, value in resolved if key}


def _listed(attributes: Mapping[str, str]) -> str:
    return ", ".join(f"{key} = {value!r}" for key, value in attributes.items()) or "none"
