"""Whether every stack is there, and came to an end that it can be deployed from.

Statuses: CloudFormation user guide, "Stack status codes".
"""

from collections.abc import Iterator

from patchbay.doctor import deployed, proposed, templates
from patchbay.doctor.model import Check, Finding, Place, Scene, failed, passed, skipped, warned
from patchbay.live.model import LiveStack, Read, Unread

GOOD = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")
_TAKEN_BACK = ("UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE")
_NEVER_MADE = (None, "DELETE_COMPLETE", "REVIEW_IN_PROGRESS")
"""A stack in review is a change set that nobody has executed."""
_STUCK = "UPDATE_ROLLBACK_FAILED"


def _look(scene: Scene) -> Iterator[Finding]:
    for stack in scene.seen.stacks:
        yield _stack(scene, stack)


def _stack(scene: Scene, stack: LiveStack) -> Finding:
    place = Place(stack=stack.name)
    for unread in (deployed.elsewhere(scene, stack.account), stack.status):
        if isinstance(unread, Unread):
            return skipped(place, unread)
    assert isinstance(stack.status, Read)
    status = stack.status.value
    deploy = proposed.deploy(scene.environment, stack.name)
    if status is None or status in _NEVER_MADE:
        return failed(place, f"is not in account {stack.account} in {stack.region}", deploy)
    if status in GOOD:
        return passed(place, f"is {status}")
    if status in _TAKEN_BACK and _is_from_code(scene, stack):
        return passed(place, f"is {status}, and what this code makes")
    if status in _TAKEN_BACK:
        wrong = f"is {status}: the last deploy failed and was taken back, so the one before it serves callers"
        return warned(place, wrong, f"{_events(stack)}; mend what failed first, then: {deploy}")
    if status.endswith("_IN_PROGRESS"):
        return warned(place, f"is {status}: a deploy is at work", f"wait for its end: {_events(stack)}")
    return failed(place, f"is {status}", _way_out(stack, status, deploy))


def _is_from_code(scene: Scene, stack: LiveStack) -> bool:
    """Whoever took the failed change out of the code, too, has nothing left to deploy."""
    if not isinstance(scene.templates, Read) or not isinstance(stack.template, Read):
        return False
    made, deployed = scene.templates.value.get(stack.name), stack.template.value
    return made is not None and deployed is not None and not templates.differences(made, deployed)


def _way_out(stack: LiveStack, status: str, deploy: str) -> str:
    where = f"--region {stack.region} --stack-name {stack.name}"
    on = "continue-update-rollback" if status == _STUCK else "delete-stack"
    then = f"aws cloudformation {on} {where}"
    return f"{_events(stack)}; mend what failed first, then: {then}; then: {deploy}"


def _events(stack: LiveStack) -> str:
    return f"aws cloudformation describe-stack-events --region {stack.region} --stack-name {stack.name}"


CHECK = Check(
    "stacks",
    "every stack is deployed and in a good state",
    "What a missing stack makes is missing for callers; one that failed half-way cannot be deployed again.",
    "read the stack's events, mend what failed first, deploy again",
    'CloudFormation user guide, "Stack status codes": https://docs.aws.amazon.com/AWSCloudFormation/latest/'
    "UserGuide/view-stack-events.html",
    _look,
)
