"""The Invoke AWS Lambda function block: what it asks for, and what the call makes of the answer."""

import json

from common.response import ResponseType, warnings
from patchbay.errors import UserError
from patchbay.limits import BLOCK_TIME_LIMIT_SECONDS, CHAIN_SECONDS
from patchbay.simulator import flowlog, references
from patchbay.simulator.actions.unsimulated import pass_by
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, success
from patchbay.simulator.call import Call
from patchbay.simulator.clock import seconds
from patchbay.simulator.flow import Action
from patchbay.simulator.functions import FunctionName
from patchbay.simulator.invoke import Attempt, Block, Outcome, Verdict, invoke
from patchbay.simulator.stubs import NoStubError
from patchbay.simulator.transcript import Invocation, Who

SHOWN_CHARS = 300
"""How much of a response the transcript shows."""


def invoke_lambda_function(action: Action, call: Call) -> str | None:
    """Invokes and takes the Success or the Error branch. A success replaces `$.External` whole."""
    if call.parameter(action, "InvocationType") == "ASYNCHRONOUS":
        return pass_by(action, call, "InvokeLambdaFunction with InvocationType ASYNCHRONOUS")
    block = _block(action, call)
    verdict = _invoke(action, call, block)
    _tell(call, block, verdict)
    _log(action, call, block, verdict)
    if verdict.outcome is not Outcome.SUCCESS:
        return on_error(action, call, NO_MATCHING_ERROR, f"{verdict.outcome}: {verdict.reason}")
    call.contact.external = verdict.response
    for warning in warnings(verdict.response):
        call.note(Who.FLOW, warning)
    return success(action, call)


def _block(action: Action, call: Call) -> Block:
    """A reference that reads as nothing stays as it is written, so that a stub can stand for it."""
    written = str(action.parameters.get("LambdaFunctionARN", ""))
    parameters = references.values(action.mapping("LambdaInvocationAttributes"), call.contact.data())
    event = call.contact.event(parameters)
    return Block(
        function=FunctionName.parse(call.text(written) or written),
        payload=json.dumps(event, ensure_ascii=False).encode(),
        limit_ms=_limit_ms(action, call),
        chain_left_ms=CHAIN_SECONDS * 1000 - call.contact.chain_ms,
        response_type=_response_type(action, call),
        instance=call.contact.instance,
    )


def _limit_ms(action: Action, call: Call) -> int:
    """The block's time limit; the most that Connect allows where it states none."""
    least, most = BLOCK_TIME_LIMIT_SECONDS
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


def _invoke(action: Action, call: Call, block: Block) -> Verdict:
    try:
        return invoke(block, call.functions, call.rng, call.observer)
    except NoStubError as error:
        raise UserError(
            f"block {action.identifier!r} of flow {call.flow.name} invokes {block.function.arn!r}, "
            f"which has no stub: add --stub '{block.function.name}=FILE.json'"
        ) from error


def _tell(call: Call, block: Block, verdict: Verdict) -> None:
    """The transcript's lines and the invocation; the clock moves by what the attempts took."""
    function = block.function
    if not verdict.attempts:
        call.note(Who.LAMBDA, f"{function.name}: nothing ran: {verdict.reason}")
    for number, attempt in enumerate(verdict.attempts, start=1):
        count = f", attempt {number}" if len(verdict.attempts) > 1 else ""
        call.silence(attempt.duration_ms, f"{function.name} runs{count}", passed=True)
        call.note(Who.LAMBDA, f"{_met(function, attempt)}{count}: {_answer(attempt)}")
    call.contact.chain_ms += verdict.duration_ms
    call.invocations.append(
        Invocation(
            function=function.name,
            alias=function.alias,
            version=verdict.version,
            region=function.region,
            attempts=verdict.requests,
            duration_ms=verdict.duration_ms,
            outcome=str(verdict.outcome),
            error=verdict.reason,
        )
    )


def _met(function: FunctionName, attempt: Attempt) -> str:
    where = f" in {function.region}" if function.region else ""
    version = f" version {attempt.version}" if attempt.version else ""
    return f"{function.name}{version}{where}"


def _answer(attempt: Attempt) -> str:
    if attempt.outcome is not Outcome.SUCCESS:
        return f"{attempt.outcome} after {seconds(attempt.duration_ms)}: {attempt.reason}"
    response = json.dumps(attempt.response, ensure_ascii=False)
    more = "..." if len(response) > SHOWN_CHARS else ""
    return f"answered in {attempt.duration_ms} ms: {response[:SHOWN_CHARS]}{more}"


def _log(action: Action, call: Call, block: Block, verdict: Verdict) -> None:
    parameters = {
        "FunctionArn": block.function.arn,
        "ResponseValidation": f"ResponseType={block.response_type}",
        "TimeLimit": str(block.limit_ms),
    }
    if verdict.outcome is Outcome.SUCCESS:
        call.log(action, parameters, ExternalResults=dict(verdict.response))
    else:
        call.log(action, parameters, Results=flowlog.failure(verdict.outcome, call.rng))
