"""The execution mode asynchronous of the Invoke block, and its action Load Lambda result.

Source: administrator guide, "Flow block: AWS Lambda function": the contact goes on at once, the function has
up to 60 s (the developer guide's page of InvokeLambdaFunction still says 8 for every mode), throttles, 5xx
and function errors are retried within that limit, and `$.LambdaInvocation.InvocationId` names the most recent
asynchronous invocation. AWS does not publish

- how a flow writes Load Lambda result: a block without LambdaFunctionARN that names an invocation is taken as
  one, and the transcript says so each time;
- what Load Lambda result does with a function that still runs: here it takes the Error branch;
- what the flow log has of either: here it has an entry only where Lambda refuses the invocation at once.
"""

import random
import uuid
from dataclasses import replace

from patchbay.simulator import references
from patchbay.simulator.actions import answers
from patchbay.simulator.actions.requests import stub_wanted
from patchbay.simulator.asynchronous import Running
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, success
from patchbay.simulator.call import Call
from patchbay.simulator.clock import seconds
from patchbay.simulator.flow import Action
from patchbay.simulator.invoke import invoke, refusal
from patchbay.simulator.transcript import Who
from patchbay.simulator.verdicts import Block, Verdict

ROOT = "LambdaInvocation"


def start(action: Action, call: Call, block: Block) -> str | None:
    """Lets the function run and goes on; what Lambda refuses at once takes the Error branch."""
    block = replace(block, chain_left_ms=block.limit_ms)  # nobody waits, so there is no chain to count
    with stub_wanted(action, call, block.function):
        refused = refusal(block, call.functions)
    if refused is not None:
        answers.tell(call, block.function, refused)
        answers.log(action, call, block, refused)
        return answers.take(action, call, refused)
    identifier = str(uuid.UUID(int=call.rng.getrandbits(128), version=4))
    running = _running(call, block)
    running.check()
    call.asynchronous[identifier] = running
    call.contact.other[ROOT] = {"InvocationId": identifier}
    call.note(
        Who.LAMBDA,
        f"{block.function.name} runs in the background for up to {seconds(block.limit_ms)}: {identifier}",
    )
    return success(action, call)


def _running(call: Call, block: Block) -> Running:
    functions, observer = call.functions, call.observer
    rng = random.Random(call.rng.getrandbits(64))  # noqa: S311 - routing needs chance, not secrecy

    def run() -> Verdict:
        return invoke(block, functions, rng, observer)

    return Running.start(block.function, call.clock.now_ms, block.limit_ms, run)


def loads_result(action: Action, call: Call) -> bool:
    """Whether the block names an invocation in place of a function."""
    return not action.parameters.get("LambdaFunctionARN") and names_invocation(action, call)


def names_invocation(action: Action, call: Call) -> bool:
    """Whether a parameter is the reference, or the id of an invocation of this call."""
    written = list(references.texts(action.parameters))
    return any(f"$.{ROOT}." in text or call.text(text) in call.asynchronous for text in written)


def named(action: Action, call: Call) -> Running | None:
    """The invocation that the block names; None where there was no such one."""
    ids = (call.text(text) for text in references.texts(action.parameters))
    return next((call.asynchronous[found] for found in ids if found in call.asynchronous), None)


def load_result(action: Action, call: Call) -> str | None:
    """Reads the function's response into `$.External`."""
    call.note(
        Who.FLOW,
        f"{action.identifier!r} is taken as Load Lambda result, because it names an asynchronous invocation; "
        "AWS does not publish how a flow writes that action",
    )
    running = named(action, call)
    if running is None:
        return on_error(action, call, NO_MATCHING_ERROR, "this call has no such asynchronous invocation")
    verdict = told(call, running, call.clock.now_ms)
    if verdict is None:
        return on_error(
            action, call, NO_MATCHING_ERROR, f"{running.function.name} still runs: wait for it first"
        )
    return answers.take(action, call, verdict)


def told(call: Call, running: Running, at_ms: int) -> Verdict | None:
    """The outcome by that moment, told in the transcript the first time that it is known."""
    verdict = running.by(at_ms)
    if verdict is not None and not running.told:
        running.told = True
        answers.tell(call, running.function, verdict, waited=False)
    return verdict
