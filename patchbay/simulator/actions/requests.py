"""What an Invoke block asks of Lambda."""

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager

from common.response import ResponseType
from patchbay.errors import UserError
from patchbay.limits import CHAIN_SECONDS
from patchbay.simulator import references, stubs
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.functions import FunctionName
from patchbay.simulator.stubs import NoStubError
from patchbay.simulator.transcript import Who
from patchbay.simulator.verdicts import Block


def requested(action: Action, call: Call, limits: tuple[int, int]) -> Block:
    """The block's request; `limits` are the least and the most seconds that it may wait.

    A reference that reads as nothing stays as it is written, so that a stub can stand for it.
    """
    written = str(action.parameters.get("LambdaFunctionARN", ""))
    parameters = references.values(action.mapping("LambdaInvocationAttributes"), call.contact.data())
    event = call.contact.event(parameters)
    return Block(
        function=FunctionName.parse(call.text(written) or written),
        payload=json.dumps(event, ensure_ascii=False).encode(),
        limit_ms=_limit_ms(action, call, limits),
        chain_left_ms=CHAIN_SECONDS * 1000 - call.contact.chain_ms,
        response_type=_response_type(action, call),
        instance=call.contact.instance,
    )


@contextmanager
def stub_wanted(action: Action, call: Call, function: FunctionName) -> Iterator[None]:
    """Turns a missing stub into a UserError that says which one to add."""
    try:
        yield
    except NoStubError as error:
        raise UserError(
            f"block {action.identifier!r} of flow {call.flow.name} invokes {function.arn!r}, "
            f"which has no stub: add {_remedy(function)}"
        ) from error


def _remedy(function: FunctionName) -> str:
    """An environment fills the placeholder of a function; a stub may go by the plain name in it."""
    *_, plain = stubs.names(function.arn)
    stub = f"--stub {shlex.quote(f'{plain}=FILE.json')}"
    return stub if plain == function.name else f"--env NAME, or {stub}"


def _limit_ms(action: Action, call: Call, limits: tuple[int, int]) -> int:
    """The block's time limit; the most that Connect allows where it states none."""
    least, most = limits
    written = str(action.parameters.get("InvocationTimeLimitSeconds", most))
    if written.isdecimal() and least <= int(written) <= most:
        return int(written) * 1000
    call.note(
        Who.FLOW, f"InvocationTimeLimitSeconds is {written!r}, not {least} to {most}: taken as {most} s"
    )
    return most * 1000


def _response_type(action: Action, call: Call) -> ResponseType:
    """STRING_MAP where the block states none: blocks from before the choice existed knew nothing else.

    A placeholder that nothing filled (a flow file run with stubs) is taken as JSON.
    """
    written = str(action.mapping("ResponseValidation").get("ResponseType", ResponseType.STRING_MAP))
    if written in list(ResponseType):
        return ResponseType(written)
    call.note(Who.FLOW, f"ResponseType is {written!r}: taken as JSON")
    return ResponseType.JSON
