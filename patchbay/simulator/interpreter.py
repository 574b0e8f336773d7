"""Places a call: runs a flow block by block until it ends."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from patchbay.simulator import actions
from patchbay.simulator.call import Call, Ended
from patchbay.simulator.clock import Clock
from patchbay.simulator.contact import Contact
from patchbay.simulator.flow import Flow
from patchbay.simulator.flowlog import Entries, FlowLog
from patchbay.simulator.functions import Functions
from patchbay.simulator.observers import Observer, Samples
from patchbay.simulator.participant import Participant, Prepared
from patchbay.simulator.transcript import CallResult

STEP_LIMIT = 500
"""Blocks that one call may run: half of all real flows have a cycle."""


def place_call(
    flow: Flow,
    contact: Contact,
    functions: Functions,
    *,
    digits: Sequence[str] = (),
    participant: Participant | None = None,
    hours_open: bool = True,
    flows: Mapping[str, Flow] | None = None,
    flow_log: FlowLog | None = None,
    observer: Observer | None = None,
    rng: random.Random | None = None,
    started: datetime | None = None,
    step_limit: int = STEP_LIMIT,
    pace: float = 0.0,
) -> CallResult:
    """Runs `flow` for `contact` and tells what the caller hears.

    `digits` holds one entry per question that the flow asks; when they run out, questions time out, and
    after some of those the caller hangs up. `participant` stands for the customer in place of them. `flows` are
    what a transfer can go on in, by id, ARN or name. `rng` routes each attempt by alias weight. `pace` is in
    real seconds for a second of the call. `contact` is changed as the flow changes it. Raises UserError where
    a function has no stub and nothing else stands for it.
    """
    call = Call(
        flow=flow,
        contact=contact,
        clock=Clock(started or datetime.now(UTC), pace=pace),
        functions=functions,
        observer=observer or Samples(),
        flow_log=flow_log or Entries(),
        # Routing needs chance, not secrecy.
        rng=rng or random.Random(),  # noqa: S311
        participant=participant or Prepared.of(digits),
        flows=flows or {},
        hours_open=hours_open,
    )
    ended = _run(call, step_limit)
    return CallResult(
        contact_id=contact.contact_id,
        flow=flow.name,
        transcript=tuple(call.transcript),
        invocations=tuple(call.invocations),
        attributes=dict(contact.attributes),
        ended=str(ended),
    )


def _run(call: Call, step_limit: int) -> Ended:
    identifier: str | None = call.flow.start
    for _ in range(step_limit):
        if identifier is None or call.ended is not None:
            break
        action = call.flow.actions[identifier]
        identifier = actions.run(action, call)
    if call.ended is None:
        call.end(Ended.STEP_LIMIT, f"{step_limit} blocks ran and the flow goes on: the call is cut off here")
    return call.ended or Ended.STEP_LIMIT
