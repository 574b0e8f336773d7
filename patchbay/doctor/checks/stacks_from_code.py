"""Whether the deployed stacks are what this code makes."""

from collections.abc import Iterator, Mapping
from typing import Any

from patchbay.doctor import proposed, templates
from patchbay.doctor.checks.stacks import GOOD
from patchbay.doctor.model import Check, Finding, Place, Scene, passed, skipped, warned
from patchbay.lint.model import shown
from patchbay.live.model import LiveStack, Unread

_MOST = 3
"""Resources that are named."""


def _look(scene: Scene) -> Iterator[Finding]:
    if isinstance(scene.templates, Unread):
        yield skipped(Place(), scene.templates)
        return
    for stack in scene.seen.stacks:
        yield _stack(scene, stack, scene.templates.value.get(stack.name))


def _stack(scene: Scene, stack: LiveStack, made: Mapping[str, Any] | None) -> Finding:
    place = Place(stack=stack.name)
    if isinstance(stack.template, Unread):
        return skipped(place, stack.template)
    if not isinstance(stack.status, Unread) and stack.status.value not in GOOD:
        return skipped(place, Unread(f"the stack is {stack.status.value or 'not deployed'}"))
    if stack.template.value is None or made is None:
        return skipped(place, Unread("there is only one of the two to compare"))
    found = templates.differences(made, stack.template.value)
    if not found:
        return passed(place, "is what this code makes")
    diff = proposed.diff(scene.environment, stack.name)
    return warned(
        place,
        f"is not what this code makes: {shown(found, _MOST)}",
        f"{diff}; then: {proposed.deploy(scene.environment, stack.name)}",
    )


CHECK = Check(
    "stacks-from-code",
    "the deployed stacks are what this code makes",
    "Either a change still waits for its deploy, or another checkout deployed what this one would take away.",
    "look at the difference with npx cdk diff, then deploy, or take the commit that was deployed",
    'AWS CDK CLI reference, "cdk diff": https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-diff.html',
    _look,
)
