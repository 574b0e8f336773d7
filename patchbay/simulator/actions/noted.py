"""Blocks that set something which no simulated call meets: recording, priority, streams, other flows."""

import json

from patchbay.simulator import references
from patchbay.simulator.branches import onward
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who

WORDS = {
    "UpdateContactEventHooks": "flows for events of the contact, none of which comes up here",
    "UpdateContactMediaProcessing": "how messages are processed",
    "UpdateContactMediaStreamingBehavior": "media streaming; there is no stream unless one was given",
    "UpdateContactRecordingAndAnalyticsBehavior": "recording and analytics",
    "UpdateContactRecordingBehavior": "recording and analytics",
    "UpdateContactRoutingBehavior": "priority and age in the queue",
    "UpdateContactRoutingCriteria": "the routing criteria",
    "UpdatePreviousContactParticipantState": "who is on hold",
}
"""What each of these action types sets."""


def noted(action: Action, call: Call) -> str | None:
    """Says what was set and goes on; nothing here can make the setting fail."""
    given = references.values(action.parameters, call.contact.data())
    call.log(action, given)
    call.note(Who.FLOW, f"{WORDS[action.type]}: {json.dumps(given, ensure_ascii=False)}")
    return onward(action, call)
