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
from patchbay.simulator.given import Given
from patchbay.simulator.observers import Observer, Samples
from patchbay.simulator.participant import HungUp, Participant, Prepared
from patchbay.simulator.phone import NoPhone, Phone
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
    bots: Mapping[str, str] | None = None,
    given: Mapping[str, Given] | None = None,
    flow_log: FlowLog | None = None,
    observer: Observer | None = None,
    rng: random.Random | None = None,
    started: datetime | None = None,
    step_limit: int = STEP_LIMIT,
    pace: float = 0.0,
    phone: Phone | None = None,
) -> CallResult:
    """Runs `flow` for `contact` and tells what the caller hears.

    `digits` holds one entry per question that the flow asks; when they run out, questions time out, and
    after some of those the caller hangs up. `participant` stands for the customer in place of them. `flows`
    are what a transfer can go on in and what modules are, by id, ARN or name. `bots` maps a bot alias ARN to
    the ARN of the function that fulfils its intents. `given` is what came of blocks that the simulator cannot
    know of, by Identifier or by type. `rng` routes each attempt by alias weight. `pace` is in real seconds
    for a second of the call. `phone` is the caller's, for text messages. `contact` is changed as the flow
    changes it. Raises UserError where a function has no stub and nothing else stands for it.
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
        bots=bots or {},
        given=given or {},
        hours_open=hours_open,
        phone=phone or NoPhone(),
    )
    ended = _run(call, step_limit)
    return CallResult(
        contact_id=contact.contact_id,
        flow=flow.name,
        transcript=tuple(call.transcript),
        invocations=tuple(call.invocations),
        attributes=dict(contact.attributes),
        ended=str(ended),
        longest_chain_ms=call.longest_chain_ms,
    )


def _run(call: Call, step_limit: int) -> Ended:
    try:
        _run_blocks(call, step_limit)
    except HungUp:
        call.end(Ended.HUNG_UP, "the caller hangs up")
    if call.ended is None:
        call.end(Ended.STEP_LIMIT, f"{step_limit} blocks ran and the flow goes on: the call is cut off here")
    return call.ended or Ended.STEP_LIMIT


def _run_blocks(call: Call, step_limit: int) -> None:
    identifier: str | None = call.flow.start
    for _ in range(step_limit):
        if identifier is None or call.ended is not None:
            break
        invoked = len(call.invocations)
        identifier = actions.run(call.flow.actions[identifier], call)
        if len(call.invocations) > invoked:
            call.longest_chain_ms = max(call.longest_chain_ms, call.contact.chain_ms)
            call.look_at_the_phone()
