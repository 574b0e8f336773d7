"""The Invoke AWS Lambda function block, in its three shapes."""

from patchbay.limits import ASYNCHRONOUS_TIME_LIMIT_SECONDS, BLOCK_TIME_LIMIT_SECONDS
from patchbay.simulator.actions import answers, asynchronous
from patchbay.simulator.actions.requests import requested, stub_wanted
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.invoke import invoke


def invoke_lambda_function(action: Action, call: Call) -> str | None:
    """Invokes and takes the Success or the Error branch. A success replaces `$.External` whole."""
    if asynchronous.loads_result(action, call):
        return asynchronous.load_result(action, call)
    if call.parameter(action, "InvocationType") == "ASYNCHRONOUS":
        limits = BLOCK_TIME_LIMIT_SECONDS[0], ASYNCHRONOUS_TIME_LIMIT_SECONDS
        return asynchronous.start(action, call, requested(action, call, limits))
    block = requested(action, call, BLOCK_TIME_LIMIT_SECONDS)
    with stub_wanted(action, call, block.function):
        verdict = invoke(block, call.functions, call.rng, call.observer)
    answers.tell(call, block.function, verdict)
    call.contact.chain_ms += verdict.duration_ms
    answers.log(action, call, block, verdict)
    return answers.take(action, call, verdict)
