"""Contact tags. Source: API reference, TagContact: at most six, and none whose key begins with `aws:`."""

from patchbay.limits import CONTACT_TAGS_MAX
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, onward
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who


def tag_contact(action: Action, call: Call) -> str | None:
    """Sets all of the block's tags or none; later invocations have them in their event."""
    given = {call.text(key): call.text(value) for key, value in action.mapping("Tags").items()}
    tags = {**call.contact.tags, **given}
    wrong = [key for key in given if not key or key.startswith("aws:")]
    if wrong or len(tags) > CONTACT_TAGS_MAX:
        reason = (
            f"{wrong[0]!r} cannot be a tag" if wrong else f"a contact has at most {CONTACT_TAGS_MAX} tags"
        )
        return on_error(action, call, NO_MATCHING_ERROR, reason)
    call.contact.tags = tags
    call.note(Who.FLOW, "tags: " + ", ".join(f"{key} = {value!r}" for key, value in given.items()))
    return onward(action, call)


def untag_contact(action: Action, call: Call) -> str | None:
    """Takes tags away. The guide spells the type UnTagContact, instances take UntagContact."""
    keys = action.parameters.get("TagKeys")
    for key in keys if isinstance(keys, list) else []:
        call.contact.tags.pop(str(key), None)
    call.note(Who.FLOW, f"tags left: {', '.join(call.contact.tags) or 'none'}")
    return onward(action, call)
