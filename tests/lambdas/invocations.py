"""Connect events, and handlers invoked as Lambda invokes them."""

import importlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from patchbay import function_folders
from patchbay.functions import Function, Kind, Runtime

LAMBDAS = Path(__file__).parents[2] / "lambdas"


def settings_of(function: str) -> Function:
    """The sample's function.toml."""
    return function_folders.load(LAMBDAS, function, {}, "test")


FOLDERS = tuple(function_folders.folders(LAMBDAS))
SAMPLES = tuple(
    name
    for name in FOLDERS
    if settings_of(name).kind is Kind.FLOW and settings_of(name).runtime is Runtime.PYTHON
)
"""Those that a flow invokes and that run in this process."""
CONTACT_ID = "0f0f0f0f-1111-4222-8333-444444444444"
GOLD_MEMBER = "+14165550011"
STRANGER = "+14165550099"


def contact_event(
    parameters: object = None, *, caller: str | None = GOLD_MEMBER, **contact: object
) -> dict[str, Any]:
    """An event as Connect sends it; `contact` overrides keys of ContactData."""
    endpoint = {"Address": caller, "Type": "TELEPHONE_NUMBER"}
    data: dict[str, object] = {
        "Attributes": {},
        "Channel": "VOICE",
        "ContactId": CONTACT_ID,
        "CustomerEndpoint": endpoint if caller is not None else None,
        "InitialContactId": CONTACT_ID,
        "InitiationMethod": "INBOUND",
        "InstanceARN": "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555",
        "PreviousContactId": CONTACT_ID,
        "Queue": None,
        "SystemEndpoint": {"Address": "+18005550100", "Type": "TELEPHONE_NUMBER"},
    }
    details = {"ContactData": {**data, **contact}, "Parameters": parameters}
    return {"Name": "ContactFlowEvent", "Details": details}


def recorded_events(function: str) -> dict[str, dict[str, Any]]:
    """The events in the function's folder, by file name."""
    paths = sorted((LAMBDAS / function / "events").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def lambda_context() -> object:
    """What Lambda passes beside the event, as far as the handlers read it."""
    return SimpleNamespace(aws_request_id="request-1", function_version="7")


def invoke(function: str, raw: object, context: object = None) -> dict[str, Any]:
    """The sample's answer after the way through JSON, there and back."""
    handler = importlib.import_module(f"{function}.handler").handler
    answer = handler(json.loads(json.dumps(raw)), context or lambda_context())
    parsed: dict[str, Any] = json.loads(json.dumps(answer))
    return parsed
