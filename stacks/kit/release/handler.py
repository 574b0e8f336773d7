"""The Lambda entry point of the controller's step, and of the sweep."""

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from release.aws import AwsWorld
from release.clients import Clients, connect
from release.deadline import Context, Deadline
from release.place import Place
from release.step import Job, step
from release.sweep import sweep

log = logging.getLogger(__name__)
# Lambda's own handler is at the root; its level lets warnings through only.
logging.getLogger("release").setLevel(logging.INFO)

_DEADLINE = Deadline()


def on_event(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """`{"sweep": [Lambda function names]}`: what was done, by function. Anything else is a step: see
    `release.step.step`.

    Raises what these raise: Step Functions, and EventBridge's queue, then repeat the event.
    """
    _DEADLINE.start(context)
    return answer(event, _clients(), Place.of(os.environ))


def answer(
    event: dict[str, Any], clients: Clients, place: Place, clock: Callable[[], float] = time.time
) -> dict[str, Any]:
    """`on_event` with everything injected."""
    if "sweep" in event:
        done = sweep(event["sweep"], clients, place, clock)
        log.info("%s", json.dumps({"sweep": done}))
        return {"sweep": done}
    job = Job.of(event)
    after = step(event, AwsWorld(job.run, job.settings, clients, place, clock))
    log.info("%s", json.dumps(line(after)))
    return after


def line(after: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says about a step: nothing that names a contact."""
    state = after["state"]
    phase, _, rest = str(state["announced"]).partition(" ")
    run = {key: after[key] for key in ("function", "candidate", "at", "part")}
    contacts = {key: state[key] for key in ("candidate", "stable", "watched")}
    evidence = {key: state[key] for key in ("note", "source", "errors", "stuck")}
    ended = {key: after[key] for key in ("wait", "done", "end")}
    return {
        **run,
        "phase": phase,
        "weight": rest.partition(" ")[0],
        **evidence,
        "contacts": contacts,
        **ended,
    }


@cache
def _clients() -> Clients:
    return connect(_DEADLINE)
