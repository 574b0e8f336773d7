"""The Invoke blocks of a deployed flow, where placeholders are filled."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from patchbay.lint.linted_flow import INVOKE


@dataclass(frozen=True)
class Block:
    """What one block names."""

    target: str
    """Usually an ARN; a reference such as `$.Attributes.arn` where the flow decides during the call."""
    limit: str
    """InvocationTimeLimitSeconds as written; empty where it is absent."""


def of(content: str) -> tuple[Block, ...]:
    """In the flow's order. Raises ValueError where the text is not a flow."""
    parsed = json.loads(content)
    if not isinstance(parsed, dict) or not isinstance(parsed.get("Actions"), list):
        raise ValueError("it has no list of Actions")
    return tuple(_blocks(parsed["Actions"]))


def _blocks(actions: list[Any]) -> Iterator[Block]:
    for action in actions:
        if not isinstance(action, dict) or action.get("Type") != INVOKE:
            continue
        parameters = action.get("Parameters")
        named = parameters if isinstance(parameters, dict) else {}
        limit = named.get("InvocationTimeLimitSeconds")
        yield Block(str(named.get("LambdaFunctionARN") or "nothing"), "" if limit is None else str(limit))
