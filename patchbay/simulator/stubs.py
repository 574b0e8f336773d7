"""Stand-ins for functions, so that a flow file runs without any AWS.

A stub file holds the response; or an object with the one key "$stub", to say how the function behaves:

    {"$stub": {"delay_ms": 1200, "response": {"status": "ok"}}}
    {"$stub": {"error": "no such table"}}     {"$stub": {"throttle": true}}     {"$stub": {"status": 500}}
    {"$stub": {"responses": [{"$stub": {"throttle": true}}, {"status": "ok"}]}}

`responses` are given one per attempt, in order; the last one repeats.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from patchbay.errors import UserError
from patchbay.simulator.functions import FunctionName, Functions, Reply

VERSION = "stub"
ANYONE: Mapping[str, object] = {
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]
}
"""A stub has no permissions to check."""

_PLACEHOLDER = re.compile(r"\{\{function:([^:{}]+)(?::[^{}]*)?\}\}")


class NoStubError(LookupError):
    """Nothing stands for this function."""


class Stub(BaseModel):
    """How one attempt comes out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    delay_ms: int = Field(0, ge=0)
    error: str | None = None
    """The function fails with this message."""
    throttle: bool = False
    status: int = 200
    response: Any = None
    responses: list[Any] = []

    def reply(self) -> Reply:
        """As Lambda would answer."""
        if self.error is not None:
            failed = json.dumps({"errorType": "StubError", "errorMessage": self.error}).encode()
            return Reply(self.status, self.delay_ms, failed, "Unhandled")
        status = 429 if self.throttle else self.status
        return Reply(status, self.delay_ms, json.dumps(self.response, ensure_ascii=False).encode())


@dataclass
class StubFunctions:
    """Functions from stubs, by name, ARN, or the text that stands in the flow; `otherwise` takes the rest."""

    stubs: Mapping[str, tuple[Stub, ...]]
    otherwise: Functions | None = None
    _given: dict[str, int] = field(default_factory=dict)

    def route(self, arn: str) -> Mapping[str, float] | None:
        """One version, named stub. Raises NoStubError where nothing stands for `arn`."""
        if self._key(arn) is not None:
            return {VERSION: 1.0}
        if self.otherwise is None:
            raise NoStubError(arn)
        return self.otherwise.route(arn)

    def policy(self, arn: str) -> Mapping[str, object] | None:
        """Stubs are open to anyone."""
        if self._key(arn) is not None or self.otherwise is None:
            return ANYONE
        return self.otherwise.policy(arn)

    def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
        """The next of the stub's replies."""
        key = self._key(arn)
        if key is None:
            if self.otherwise is None:
                raise NoStubError(arn)
            return self.otherwise.invoke(arn, version, payload, time_limit)
        turn = self._given.get(key, 0)
        self._given[key] = turn + 1
        return self.stubs[key][min(turn, len(self.stubs[key]) - 1)].reply()

    def _key(self, arn: str) -> str | None:
        return next((name for name in names(arn) if name in self.stubs), None)


def names(arn: str) -> Iterator[str]:
    """What a stub for `arn` may be called."""
    function = FunctionName.parse(arn)
    yield arn
    yield function.unqualified
    yield function.name
    placeholder = _PLACEHOLDER.fullmatch(arn)
    if placeholder:
        yield placeholder[1]


def load(options: Iterable[str], otherwise: Functions | None = None) -> StubFunctions:
    """The stubs of `FUNCTION=FILE.json` options. Raises UserError on a wrong option or file."""
    return StubFunctions(dict(_option(option) for option in options), otherwise)


def parse(content: object, source: str) -> tuple[Stub, ...]:
    """What a stub file says. Raises UserError that begins with `source`."""
    if not isinstance(content, dict) or set(content) != {"$stub"}:
        return (Stub.model_validate({"response": content}),)
    try:
        stub = Stub.model_validate(content["$stub"])
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UserError(
            f"{source}: $stub: {key}: {first['msg']}; allowed are {', '.join(Stub.model_fields)}"
        ) from error
    return tuple(one for given in stub.responses for one in parse(given, source)) or (stub,)


def _option(option: str) -> tuple[str, tuple[Stub, ...]]:
    function, sign, file = option.rpartition("=")
    if not sign or not function or not file:
        raise UserError(
            f"--stub {option!r} is not FUNCTION=FILE.json: name the function and its response file"
        )
    try:
        content = json.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"--stub {option!r}: cannot read {file}: {error.strerror}") from error
    except ValueError as error:
        raise UserError(f"--stub {option!r}: {file} is not JSON: {error}") from error
    return function, parse(content, file)
