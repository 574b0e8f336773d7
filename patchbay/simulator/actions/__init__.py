"""What each type of block does: one function per action type, chosen by a table."""

from collections.abc import Callable, Mapping

from patchbay.simulator.actions import (
    attributes,
    callbacks,
    choice,
    customer_input,
    end,
    invoke,
    lex,
    modules,
    noted,
    outside,
    routing,
    settings,
    speech,
    tags,
    waiting,
)
from patchbay.simulator.actions.unsimulated import unsimulated
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.given import SUCCESS

Run = Callable[[Action, Call], str | None]
"""Does what the block does and returns the next block's identifier; None where the call has ended."""

SIMULATED: Mapping[str, Run] = {
    "CheckHoursOfOperation": choice.check_hours_of_operation,
    "Compare": choice.compare,
    "ConnectParticipantWithLexBot": lex.connect_participant_with_lex_bot,
    "CreateCallbackContact": callbacks.create_callback_contact,
    "DisconnectParticipant": end.disconnect_participant,
    "DistributeByPercentage": choice.distribute_by_percentage,
    "EndFlowExecution": end.end_flow_execution,
    "EndFlowModuleExecution": modules.end_flow_module_execution,
    "GetParticipantInput": customer_input.get_participant_input,
    "InvokeFlowModule": modules.invoke_flow_module,
    "InvokeLambdaFunction": invoke.invoke_lambda_function,
    "Loop": choice.loop,
    "MessageParticipant": speech.message_participant,
    "MessageParticipantIteratively": waiting.message_participant_iteratively,
    "TagContact": tags.tag_contact,
    "TransferContactToQueue": routing.transfer_contact_to_queue,
    "TransferToFlow": routing.transfer_to_flow,
    "TransferParticipantToThirdParty": routing.transfer_participant_to_third_party,
    "UnTagContact": tags.untag_contact,
    "UntagContact": tags.untag_contact,
    "UpdateContactAttributes": attributes.update_contact_attributes,
    "UpdateContactCallbackNumber": callbacks.update_contact_callback_number,
    "UpdateContactData": settings.update_contact_data,
    "UpdateContactTargetQueue": routing.update_contact_target_queue,
    "UpdateContactTextToSpeechVoice": settings.update_contact_text_to_speech_voice,
    "UpdateFlowAttributes": attributes.update_flow_attributes,
    "UpdateFlowLoggingBehavior": settings.update_flow_logging_behavior,
    "Wait": waiting.wait,
    **dict.fromkeys(noted.WORDS, noted.noted),
}
"""What is not here is only named, unless the call says what came of it."""


def run(action: Action, call: Call) -> str | None:
    """Runs the block, or takes what the call was told of it.

    A type that is not simulated, and of which nothing was told, is named in the transcript and passed.
    """
    given = outside.given_for(action, call)
    if given is not None:
        outside.remember(given, action, call)
        if given.result != SUCCESS or action.type not in SIMULATED:
            return outside.came_of(given, action, call)
    return SIMULATED.get(action.type, unsimulated)(action, call)
