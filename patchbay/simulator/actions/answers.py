"""What a call makes of a function's answer: the transcript, the invocation, `$.External`, the flow log."""

import json

from common.response import warnings
from patchbay.simulator import flowlog
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, success
from patchbay.simulator.call import Call
from patchbay.simulator.clock import seconds
from patchbay.simulator.flow import Action
from patchbay.simulator.functions import FunctionName
from patchbay.simulator.transcript import Invocation, Who
from patchbay.simulator.verdicts import Attempt, Block, Outcome, Verdict

SHOWN_CHARS = 300
"""How much of a response the transcript shows."""


def tell(call: Call, function: FunctionName, verdict: Verdict, *, waited: bool = True) -> None:
    """The transcript's lines and the invocation; where the call `waited`, its clock moves by the attempts."""
    if not verdict.attempts:
        call.note(Who.LAMBDA, f"{function.name}: nothing ran: {verdict.reason}")
    for number, attempt in enumerate(verdict.attempts, start=1):
        count = f", attempt {number}" if len(verdict.attempts) > 1 else ""
        if waited:
            call.silence(attempt.duration_ms, f"{function.name} runs{count}", passed=True)
        call.note(Who.LAMBDA, f"{_met(function, attempt)}{count}: {_answer(attempt)}")
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


def take(action: Action, call: Call, verdict: Verdict) -> str | None:
    """The Success branch, with the response as the whole of `$.External`, or the Error branch."""
    if verdict.outcome is not Outcome.SUCCESS:
        return on_error(action, call, NO_MATCHING_ERROR, f"{verdict.outcome}: {verdict.reason}")
    call.contact.external = verdict.response
    for warning in warnings(verdict.response):
        call.note(Who.FLOW, warning)
    return success(action, call)


def log(action: Action, call: Call, block: Block, verdict: Verdict) -> None:
    """The flow-log entry of a block that waited for its function."""
    parameters = {
        "FunctionArn": block.function.arn,
        "ResponseValidation": f"ResponseType={block.response_type}",
        "TimeLimit": str(block.limit_ms),
    }
    if verdict.outcome is Outcome.SUCCESS:
        call.log(action, parameters, ExternalResults=dict(verdict.response))
    else:
        call.log(action, parameters, Results=flowlog.failure(verdict.outcome, call.rng))


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
