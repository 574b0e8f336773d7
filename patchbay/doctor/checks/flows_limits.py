"""Whether the blocks of deployed flows expect of functions what these do."""

from collections.abc import Iterator

from common.response import ResponseType
from patchbay.doctor import flow_blocks
from patchbay.doctor.flow_blocks import DeployedFlow
from patchbay.doctor.model import Check, Finding, Scene, Status, passed, skipped
from patchbay.functions import Function
from patchbay.lint.linted_flow import Invocation


def _look(scene: Scene) -> Iterator[Finding]:
    for flow in flow_blocks.flows(scene):
        if isinstance(flow, DeployedFlow):  # what cannot be read is the check flows-alias's to say
            yield from _flow(scene, flow)


def _flow(scene: Scene, flow: DeployedFlow) -> Iterator[Finding]:
    known = [each for each in flow.linted.invocations.values() if each.function is not None]
    found = [finding for each in known for finding in _block(scene, flow, each)]
    if found and flow_blocks.waits(scene, flow):
        yield skipped(flow.place, flow_blocks.WAITS)
    elif found:
        yield from found
    elif known:
        yield passed(flow.place, f"{len(known)} blocks, each as long and of the type as its function")


def _block(scene: Scene, flow: DeployedFlow, block: Invocation) -> Iterator[Finding]:
    assert block.function is not None
    for status, wrong, what in (*_time_limit(block, block.function), *_response(block, block.function)):
        sentence = f"block {block.identifier!r} {wrong}"
        fix = flow_blocks.correction(scene, flow, f"set {what} of block {block.identifier!r}")
        yield Finding(status, flow.place, sentence, fix)


def _time_limit(block: Invocation, function: Function) -> Iterator[tuple[Status, str, str]]:
    """A block that waits longer than its function may run loses nothing but the reader's trust."""
    wanted, written = function.time_limit_seconds, str(block.time_limit)
    if block.is_asynchronous or written == str(wanted):
        return
    shorter = not written.isdecimal() or int(written) < wanted
    shown = "has no time limit" if block.time_limit is None else f"waits {written} s"
    harm = ": it gives up on answers that still come" if shorter else ""
    status = Status.FAIL if shorter else Status.WARN
    yield status, f"{shown}, but {function.name} may take {wanted} s{harm}", f"a timeout of {wanted} s"


def _response(block: Invocation, function: Function) -> Iterator[tuple[Status, str, str]]:
    """Without a ResponseType Connect takes flat answers; JSON takes both."""
    expected = block.response_type or ResponseType.STRING_MAP
    if expected == function.response:
        return
    refused = expected == ResponseType.STRING_MAP
    harm = ": Connect refuses nested answers there" if refused else ""
    yield (
        Status.FAIL if refused else Status.WARN,
        f"expects {expected}, but {function.name} answers {function.response}{harm}",
        f"the response type {function.response}",
    )


CHECK = Check(
    "flows-limits",
    "deployed blocks fit their functions' time limits and answers",
    "A block that gives up first takes the Error branch while the function still works; one that expects "
    "flat answers refuses nested ones.",
    "write the function's own time limit and response type into the block",
    'Amazon Connect administrator guide, "Flow block: AWS Lambda function": '
    "https://docs.aws.amazon.com/connect/latest/adminguide/invoke-lambda-function-block.html",
    _look,
)
