"""A version of the tutorial's function that does what the caller's attribute `mood` says, and its flows."""

import json
from pathlib import Path
from typing import Any

HANDLER = """
import os
import time
from common.handler import contact_handler

GOOD = {"customerBalance": "1"}
ANSWERS = {"nested": {"customerBalance": {"amount": "1"}}, "large": {"customerBalance": "1" * 33 * 1024}}

def answer(attributes):
    mood = attributes["mood"]
    if mood == "raises":
        return {}[attributes["card"]]
    if mood == "sleeps":
        time.sleep(1.4)
    if mood == "exits":
        os._exit(1)
    return ANSWERS.get(mood, GOOD)

checked = contact_handler(lambda event: answer(event.attributes))

def handler(event, context):
    attributes = event["Details"]["ContactData"]["Attributes"]
    return checked(event, context) if attributes.get("decorated", "yes") == "yes" else answer(attributes)
"""

UNIMPORTABLE = "import a_package_that_nobody_packed\n"
SLOW_START = "import time\ntime.sleep(1.4)\n" + HANDLER


def flow(
    folder: Path,
    *limits: int,
    function: str = "{{function:tutorial}}",
    logging: str = "Enabled",
    response: str = "STRING_MAP",
) -> str:
    """A flow file with a Lambda block for each limit (seconds), no prompt between them; gives its path."""
    names = [f"Ask {number}" for number in range(1, len(limits) + 1)]
    blocks = [
        _invoke(name, limit, after, function, response)
        for name, limit, after in zip(names, limits, [*names[1:], "Say goodbye"], strict=True)
    ]
    actions = [
        _action("Logging", "UpdateFlowLoggingBehavior", names[0], FlowLoggingBehavior=logging),
        *blocks,
        _action("Say goodbye", "MessageParticipant", "Hang up", Text="Goodbye."),
        {"Identifier": "Hang up", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
    ]
    path = folder / f"moods-{abs(hash((limits, function, logging, response)))}.json"
    path.write_text(json.dumps({"Version": "2019-10-30", "StartAction": "Logging", "Actions": actions}))
    return str(path)


def with_a_gap(path: str) -> str:
    """The flow of two Lambda blocks again, with logging switched off around the second; gives its path."""
    content = json.loads(Path(path).read_text())
    first = next(action for action in content["Actions"] if action["Identifier"] == "Ask 1")
    second = next(action for action in content["Actions"] if action["Identifier"] == "Ask 2")
    first["Transitions"]["NextAction"] = "Logging off"
    second["Transitions"]["NextAction"] = "Logging on"
    content["Actions"] += [
        _action("Logging off", "UpdateFlowLoggingBehavior", "Ask 2", FlowLoggingBehavior="Disabled"),
        _action("Logging on", "UpdateFlowLoggingBehavior", "Say goodbye", FlowLoggingBehavior="Enabled"),
    ]
    gap = Path(path).with_suffix(".gap.json")
    gap.write_text(json.dumps(content))
    return str(gap)


def _invoke(name: str, limit: int, after: str, function: str, response: str) -> dict[str, Any]:
    action = _action(
        name,
        "InvokeLambdaFunction",
        after,
        LambdaFunctionARN=function,
        InvocationTimeLimitSeconds=str(limit),
        InvocationType="SYNCHRONOUS",
        ResponseValidation={"ResponseType": response},
    )
    action["Transitions"]["Errors"] = [{"NextAction": after, "ErrorType": "NoMatchingError"}]
    return action


def _action(name: str, kind: str, after: str, **parameters: Any) -> dict[str, Any]:
    return {"Identifier": name, "Type": kind, "Parameters": parameters, "Transitions": {"NextAction": after}}
