"""What each type of block does: one function per action type, chosen by a table."""

from collections.abc import Callable, Mapping

from patchbay.simulator.actions import (
    attributes,
    choice,
    customer_input,
    end,
    invoke,
    routing,
    settings,
    speech,
    waiting,
)
from patchbay.simulator.actions.unsimulated import unsimulated
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action

Run = Callable[[Action, Call], str | None]
"""Does what the block does and returns the next block's identifier; None where the call has ended."""

SIMULATED: Mapping[str, Run] = {
    "CheckHoursOfOperation": choice.check_hours_of_operation,
    "Compare": choice.compare,
    "DisconnectParticipant": end.disconnect_participant,
    "DistributeByPercentage": choice.distribute_by_percentage,
    "EndFlowExecution": end.end_flow_execution,
    "EndFlowModuleExecution": end.end_flow_module_execution,
    "GetParticipantInput": customer_input.get_participant_input,
    "InvokeLambdaFunction": invoke.invoke_lambda_function,
    "Loop": choice.loop,
    "MessageParticipant": speech.message_participant,
    "MessageParticipantIteratively": waiting.message_participant_iteratively,
    "TransferContactToQueue": routing.transfer_contact_to_queue,
    "TransferToFlow": routing.transfer_to_flow,
    "UpdateContactAttributes": attributes.update_contact_attributes,
    "UpdateContactData": settings.update_contact_data,
    "UpdateContactTargetQueue": routing.update_contact_target_queue,
    "UpdateContactTextToSpeechVoice": settings.update_contact_text_to_speech_voice,
    "UpdateFlowAttributes": attributes.update_flow_attributes,
    "UpdateFlowLoggingBehavior": settings.update_flow_logging_behavior,
    "Wait": waiting.wait,
}


def run(action: Action, call: Call) -> str | None:
    """Runs the block; a type that is not simulated is named in the transcript and passed."""
    return SIMULATED.get(action.type, unsimulated)(action, call)
