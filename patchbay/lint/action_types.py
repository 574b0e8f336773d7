"""The types of blocks in the Amazon Connect Flow language, and how the rules group them.

Source: Amazon Connect developer guide, "Actions in the Amazon Connect Flow language", as of 2026-10.
"""

from patchbay.simulator.flow import Action


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = _words(
    """
    CompleteOutboundCall CreateCase CreatePersistentContactAssociation CreateTask CreateWisdomSession
    DequeueContactAndTransferToQueue EndFlowModuleExecution GetCase InvokeFlowModule LoadContactContent
    ResumeContact StartOutboundChatContact TagContact TransferContactToAgent TransferContactToQueue
    TransferParticipantToThirdParty UnTagContact UntagContact UpdateCase UpdateContactAttributes
    UpdateContactCallbackNumber UpdateContactData UpdateContactEventHooks UpdateContactMediaProcessing
    UpdateContactMediaStreamingBehavior UpdateContactRecordingAndAnalyticsBehavior
    UpdateContactRecordingBehavior UpdateContactRoutingBehavior UpdateContactRoutingCriteria
    UpdateContactTargetQueue UpdateContactTextToSpeechVoice UpdatePreviousContactParticipantState

    CheckHoursOfOperation CheckMetricData CheckOutboundCallStatus CheckVoiceId Compare DistributeByPercentage
    EndFlowExecution GetMetricData Loop StartVoiceIdStream TransferToFlow UpdateFlowAttributes
    UpdateFlowLoggingBehavior UpdateRoutingCriteria Wait

    AssociateContactToCustomerProfile CreateCallbackContact CreateCustomerProfile EvaluateDataTableValues
    GetCalculatedAttributesForCustomerProfile GetCustomerProfile GetCustomerProfileObject
    InvokeLambdaFunction ListDataTableValues UpdateCustomerProfile UpsertDataTableValues

    AuthenticateParticipant ConnectParticipantWithLexBot DisconnectParticipant GetParticipantInput
    MessageParticipant MessageParticipantIteratively ShowView
    """
)

QUESTIONS = ("GetParticipantInput", "ConnectParticipantWithLexBot")
"""Wait for the caller's answer, and take another branch where none comes."""

WAITING = ("MessageParticipantIteratively", "ShowView", "Wait", "AuthenticateParticipant")
"""Last until somebody or something else ends them: a queue, an agent, an event, a time."""

_PROMPTS = ("MessageParticipant", "MessageParticipantIteratively", *QUESTIONS)
_CONTENTS = ("Text", "SSML", "PromptId", "Media", "Messages")

ENDS = _words(
    """
    DisconnectParticipant EndFlowExecution EndFlowModuleExecution TransferContactToAgent
    TransferContactToQueue TransferToFlow DequeueContactAndTransferToQueue TransferParticipantToThirdParty
    ResumeContact
    """
)
"""After these the flow does not go on, or only on an error."""

NO_CONDITIONS = _words(
    """
    GetMetricData InvokeLambdaFunction MessageParticipant StartVoiceIdStream TagContact UnTagContact
    UpdateContactAttributes UpdateContactData UpdateContactEventHooks UpdateContactMediaStreamingBehavior
    UpdateContactRecordingBehavior UpdateContactRoutingBehavior UpdateContactTargetQueue
    UpdateContactTextToSpeechVoice UpdateFlowAttributes UpdateFlowLoggingBehavior
    """
)
"""Go on along NextAction alone unless they fail."""


def is_prompt(action: Action) -> bool:
    """Whether the caller hears something here: it ends a chain of functions."""
    return action.type in _PROMPTS and any(name in action.parameters for name in _CONTENTS)
