"""The flow language writes every value as a string, and no value as an empty one."""

from collections.abc import Iterator
from typing import Any

from patchbay.lint.linted_flow import INVOKE, LintedFlow
from patchbay.lint.model import Rule, Severity, Spot
from patchbay.simulator.flow import Action

_WRITTEN_AS_STRINGS = (
    INVOKE,
    "CheckHoursOfOperation",
    "CheckMetricData",
    "Compare",
    "CreateCallbackContact",
    "GetMetricData",
    "GetParticipantInput",
    "Loop",
    "MessageParticipant",
    "TransferToFlow",
    "TransferParticipantToThirdParty",
    "UpdateContactAttributes",
    "UpdateContactCallbackNumber",
    "UpdateContactData",
    "UpdateContactRoutingBehavior",
    "UpdateContactTargetQueue",
    "UpdateContactTextToSpeechVoice",
    "UpdateFlowLoggingBehavior",
    "Wait",
)
"""Others take numbers somewhere, such as a routing step's seconds."""
_TAKES_JSON = "LambdaInvocationAttributes"
_MAPS = {"UpdateContactAttributes": "Attributes", INVOKE: _TAKES_JSON}
_SPOKEN = ("Text", "SSML", "PromptId")
_NAMES = ("LambdaFunctionARN", "QueueId", "AgentId", "ContactFlowId", "FlowModuleId", "ComparisonValue")


def _find_numbers(flow: LintedFlow) -> Iterator[Spot]:
    for action in flow.of_type(*_WRITTEN_AS_STRINGS):
        for name, value in action.parameters.items():
            for where, number in () if name == _TAKES_JSON else _numbers(value, name):
                written = str(number).lower() if isinstance(number, bool) else number
                yield Spot(action.identifier, f"{where} is {written} without quotation marks")


def _numbers(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool | int | float):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _numbers(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(inner, where)


def _find_empty(flow: LintedFlow) -> Iterator[Spot]:
    for action in flow.actions.values():
        for name in _empty(action):
            yield Spot(action.identifier, f"{name} is an empty string")


def _empty(action: Action) -> Iterator[str]:
    """Resources and texts that a block needs, attributes, and parameters of functions."""
    yield from (name for name in _NAMES if action.parameters.get(name) == "")
    spoken = [name for name in _SPOKEN if name in action.parameters]
    if spoken and all(action.parameters[name] == "" for name in spoken):
        yield spoken[0]
    name = _MAPS.get(action.type, "")
    yield from (f"{name}.{key}" for key, value in action.mapping(name).items() if value == "")


RULES = (
    Rule(
        "number-not-string",
        Severity.ERROR,
        "Numbers and truth values in parameters are strings.",
        'Connect refuses "InvocationTimeLimitSeconds": 8 when the flow is deployed: it wants "8".',
        "put it in quotation marks",
        _find_numbers,
    ),
    Rule(
        "empty-value",
        Severity.ERROR,
        "No resource, text, attribute or parameter is an empty string.",
        "Connect refuses the flow, or the block takes its Error branch when a caller gets there.",
        'write a value, such as "none", or leave the key out',
        _find_empty,
    ),
)
