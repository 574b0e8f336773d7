"""Connect's side of one Invoke block: permission, routing, retries, time limits, response check.

Source: Amazon Connect administrator guide, "Invoke AWS Lambda functions" and "Flow block: AWS Lambda
function". It documents no pause between attempts, so none is made.
"""

import json
import random
from collections.abc import Mapping

from common import response as contract
from patchbay.simulator import policies
from patchbay.simulator.functions import Functions, Reply
from patchbay.simulator.observers import Observer, Sample
from patchbay.simulator.verdicts import Attempt, Block, Outcome, Verdict

RETRIED = frozenset({Outcome.FUNCTION_ERROR, Outcome.THROTTLED, Outcome.SERVICE_ERROR})


def invoke(block: Block, functions: Functions, rng: random.Random, observer: Observer) -> Verdict:
    """Runs the block: at most four attempts, each routed anew, within one time limit for all."""
    weights = functions.route(block.function.arn)
    refused = _refusal(block, weights, functions)
    if refused is not None:
        return refused
    attempts = _attempts(block, weights or {}, functions, rng, observer)
    last = attempts[-1]
    return Verdict(last.outcome, len(attempts), attempts, last.reason)


def refusal(block: Block, functions: Functions) -> Verdict | None:
    """What Lambda says at once, before anything runs: there is no such function, or no permission."""
    return _refusal(block, functions.route(block.function.arn), functions)


def _refusal(block: Block, weights: Mapping[str, float] | None, functions: Functions) -> Verdict | None:
    arn = block.function.arn
    if weights is None:
        return Verdict(Outcome.NOT_FOUND, 1, reason=f"Lambda knows no {arn}")
    request = policies.Request(arn, block.instance, block.principal)
    denied = policies.refusal(functions.policy(arn), request)
    if denied:
        return Verdict(Outcome.ACCESS_DENIED, 1, reason=denied)
    if block.chain_left_ms <= 0:
        return Verdict(block.late[0], 0, reason=block.late[1])
    return None


def _attempts(
    block: Block, weights: Mapping[str, float], functions: Functions, rng: random.Random, observer: Observer
) -> tuple[Attempt, ...]:
    made: list[Attempt] = []
    for _ in range(1 + block.retries):
        left_ms = block.deadline_ms - sum(attempt.duration_ms for attempt in made)
        version = _draw(weights, rng)
        reply = functions.invoke(block.function.arn, version, block.payload, left_ms / 1000)
        observer.invoked(_sample(block, weights, version, reply))
        made.append(_judge(block, version, reply, left_ms))
        if made[-1].outcome not in RETRIED:
            break
    return tuple(made)


def _draw(weights: Mapping[str, float], rng: random.Random) -> str:
    versions = sorted(weights)
    return rng.choices(versions, [weights[version] for version in versions])[0]


def _sample(block: Block, weights: Mapping[str, float], version: str, reply: Reply) -> Sample:
    return Sample(
        function=block.function,
        version=version,
        split=len(weights) > 1,
        status=reply.status,
        duration_ms=reply.duration_ms,
        error=reply.function_error is not None,
        throttled=reply.status == 429,
    )


def _judge(block: Block, version: str, reply: Reply, left_ms: int) -> Attempt:
    if reply.status is None or reply.duration_ms >= left_ms:
        outcome, reason = block.late
        return Attempt(version, outcome, left_ms, reason)
    failure = _failure(reply)
    if failure:
        met = None if failure[0] is Outcome.THROTTLED else version
        return Attempt(met, failure[0], reply.duration_ms, failure[1])
    return _accept(block, version, reply)


def _failure(reply: Reply) -> tuple[Outcome, str] | None:
    """What the status or the function itself says went wrong."""
    status = reply.status or 0
    if status == 403:
        return Outcome.ACCESS_DENIED, "Lambda answered 403"
    if status == 404:
        return Outcome.NOT_FOUND, "Lambda answered 404"
    if status == 429:
        return Outcome.THROTTLED, "Lambda throttled the request (429)"
    if status >= 500:
        return Outcome.SERVICE_ERROR, f"Lambda answered {status}"
    if status >= 400:
        return Outcome.REQUEST_REFUSED, f"Lambda refused the request ({status})"
    if reply.function_error is not None:
        return Outcome.FUNCTION_ERROR, f"the function failed: {_message(reply.payload)}"
    return None


def _message(payload: bytes) -> str:
    """The error as Lambda reports it."""
    try:
        error = json.loads(payload)
        kind, message = error.get("errorType"), error.get("errorMessage")
    except (ValueError, AttributeError):
        return payload[:200].decode(errors="replace")
    return ": ".join(str(part) for part in (kind, message) if part) or "without a message"


def _accept(block: Block, version: str, reply: Reply) -> Attempt:
    try:
        response = json.loads(reply.payload)
        wrong = contract.refusal(response, block.response_type)
    except ValueError as error:
        response, wrong = None, f"the response is not JSON: {error}"
    outcome = Outcome.RESPONSE_REFUSED if wrong else Outcome.SUCCESS
    return Attempt(version, outcome, reply.duration_ms, wrong, None if wrong else response)
