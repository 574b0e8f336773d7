"""Flow-log entries, as Connect writes them to the log group of its instance.

Shape: Amazon Connect administrator guide, "What data is gathered in flow logs", and AWS's course on Lambda
integrations. The names of ContactFlowModuleType are those of the older flow language, seen in public logs;
a block whose name there is not known writes no entry here.
"""

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from patchbay.simulator.clock import Clock
from patchbay.simulator.contact import Contact
from patchbay.simulator.flow import Action, Flow
from patchbay.simulator.verdicts import Outcome

MODULE_TYPES = {
    "CheckHoursOfOperation": "CheckHoursOfOperation",
    "Compare": "CheckAttribute",
    "ConnectParticipantWithLexBot": "GetUserInput",
    "DisconnectParticipant": "Disconnect",
    "EndFlowExecution": "Resume",
    "EndFlowModuleExecution": "ReturnFromFlowModule",
    "GetParticipantInput": "GetUserInput",
    "InvokeLambdaFunction": "InvokeExternalResource",
    "Loop": "Loop",
    "MessageParticipant": "PlayPrompt",
    "MessageParticipantIteratively": "LoopPrompts",
    "TransferContactToQueue": "Transfer",
    "TransferToFlow": "Transfer",
    "UpdateContactAttributes": "SetAttributes",
    "UpdateContactData": "SetContactData",
    "UpdateContactRecordingBehavior": "SetRecordingBehavior",
    "UpdateContactTargetQueue": "SetQueue",
    "UpdateContactTextToSpeechVoice": "SetVoice",
    "UpdateFlowAttributes": "SetFlowAttributes",
    "UpdateFlowLoggingBehavior": "SetLoggingBehavior",
    "Wait": "Wait",
}

FUNCTION_FAILED = "The Lambda Function Returned An Error."
"""Connect says this of a function error and of a time limit alike; what it says of a refused response and of
a chain that took too long is not published, so they get it too."""

_STATUS = {
    Outcome.ACCESS_DENIED: (403, "AccessDeniedException"),
    Outcome.NOT_FOUND: (404, "ResourceNotFoundException"),
    Outcome.THROTTLED: (429, "TooManyRequestsException"),
    Outcome.SERVICE_ERROR: (500, "ServiceException"),
}


class FlowLog(Protocol):
    """Where entries go; one call writes to one."""

    def write(self, entry: Mapping[str, object]) -> None:
        """Called once per entry, in order."""

    def error_branch(self, flow: str) -> None:
        """Called once per block of the flow that takes its Error branch, whether logging is on or not."""


@dataclass
class Entries:
    """A flow log that keeps everything."""

    entries: list[Mapping[str, object]] = field(default_factory=list)
    error_branches: list[str] = field(default_factory=list)

    def write(self, entry: Mapping[str, object]) -> None:
        """Keeps it."""
        self.entries.append(entry)

    def error_branch(self, flow: str) -> None:
        """Keeps its name."""
        self.error_branches.append(flow)


def entry(
    contact: Contact, flow: Flow, action: Action, clock: Clock, parameters: Mapping[str, object]
) -> dict[str, object] | None:
    """The entry of a block; None where logging is off or the block's name in the log is not known."""
    module_type = MODULE_TYPES.get(action.type)
    if module_type == "GetUserInput" and action.parameters.get("StoreInput") == "True":
        module_type = "StoreUserInput"
    if not contact.logging or module_type is None:
        return None
    return {
        "ContactId": contact.contact_id,
        "ContactFlowId": flow.arn,
        "ContactFlowName": flow.name,
        "ContactFlowModuleType": module_type,
        "Identifier": action.identifier,
        "Timestamp": clock.timestamp,
        "Parameters": dict(parameters),
        **({"ModuleExecutionStack": list(contact.modules)} if contact.modules else {}),
    }


def failure(outcome: Outcome, rng: random.Random) -> str:
    """The `Results` of an Invoke block that took its Error branch."""
    if outcome not in _STATUS:
        return FUNCTION_FAILED
    status, code = _STATUS[outcome]
    request_id = uuid.UUID(int=rng.getrandbits(128), version=4)
    return f"Status Code: {status}; Error Code: {code}; RequestId: {request_id}"
