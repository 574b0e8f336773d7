"""Read, decide, write; anew after anything that failed in passing or changed meanwhile."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom

from live_alias.decide import decide
from live_alias.errors import DecideAnewError, DeniedError, LiveAliasError
from live_alias.executions import Run
from live_alias.lambda_api import LambdaApi
from live_alias.request import Request
from live_alias.state import Decision, Write

ATTEMPTS = 8
BACKOFF_SECONDS = (0.25, 5.0)
"""First and longest wait; all together about 20 s."""
RESPONSE_SECONDS = 3.0
"""What is left to send the answer to CloudFormation."""

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


@dataclass(frozen=True)
class Clock:
    """Time as functions, so that tests have their own."""

    sleep: Callable[[float], None]
    remaining: Callable[[], float]
    """Seconds until Lambda stops the handler."""
    jitter: Callable[[], float] = SystemRandom().random
    """A number in [0, 1)."""


def converge(request: Request, api: LambdaApi, clock: Clock) -> Decision:
    """Returns what was done. Raises LiveAliasError, also when attempts or time are used up."""
    for attempt in range(ATTEMPTS):
        try:
            return _once(request, api)
        except DecideAnewError as error:
            last = error
            log.info("attempt %d: %s; deciding anew", attempt + 1, error)
        seconds = _backoff(attempt, clock)
        if attempt + 1 == ATTEMPTS or clock.remaining() - seconds < RESPONSE_SECONDS:
            break
        clock.sleep(seconds)
    raise LiveAliasError(
        f"the alias {request.alias_arn} could not be brought to its place in {attempt + 1} attempts; "
        f"the last answer: {last}; check that the function and its version {request.candidate} are "
        "there and that nothing else moves the alias, then deploy again"
    ) from last


def _once(request: Request, api: LambdaApi) -> Decision:
    snapshot = api.snapshot()
    decision = decide(request, snapshot)
    live = snapshot.live
    if live and live.description and live.record is None and _overwrites(request, decision):
        log.info("the Description of %s makes room for the record: %r", request.alias_arn, live.description)
    api.apply(decision.steps)
    if decision.run:
        _run(request, api, decision.run)
    log.info("%s %s: %s", request.kind, request.alias_arn, decision.note)
    return decision


def _run(request: Request, api: LambdaApi, run: Run) -> None:
    """The same deploy may have granted the right to start it, and that takes a while to spread."""
    try:
        api.run(request.machine_arn, run, run.input(request.settings))
    except DeniedError as error:
        raise DecideAnewError(str(error)) from error


def _overwrites(request: Request, decision: Decision) -> bool:
    return any(isinstance(step, Write) and step.name == request.alias for step in decision.steps)


def _backoff(attempt: int, clock: Clock) -> float:
    first, longest = BACKOFF_SECONDS
    full = min(longest, first * 2.0**attempt)
    return full / 2 + full / 2 * clock.jitter()
