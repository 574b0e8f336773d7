"""How much room an instance has for further functions."""

from collections.abc import Iterator

from patchbay.doctor import proposed
from patchbay.doctor.flow_blocks import no_instance
from patchbay.doctor.model import Check, Finding, Place, Scene, failed, passed, skipped, warned
from patchbay.live.model import LiveInstance, Read, Unread

_MOST = 0.8
"""Of the quota."""


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.instances:
        yield _instance(scene, live)


def _instance(scene: Scene, live: LiveInstance) -> Finding:
    place, quota = Place(instance=live.instance.name), live.instance.function_quota
    for unread in (no_instance(live), live.associations):
        if isinstance(unread, Unread):
            return skipped(place, unread)
    assert isinstance(live.associations, Read)
    used = len(live.associations.value)
    sentence = f"{used} of {quota} Lambda functions are associated"
    if used <= _MOST * quota:
        return passed(place, sentence)
    fix = (
        f"{proposed.connect('list-lambda-functions', live.instance)}; disassociate what no flow needs, or "
        'have "AWS Lambda functions per instance" raised in Service Quotas and write function_quota in '
        f"environments/{scene.environment.name}.toml"
    )
    if used < quota:
        return warned(place, sentence, fix)
    return failed(place, f"{sentence}: the next deploy that adds a function fails", fix)


CHECK = Check(
    "association-quota",
    "every instance has room for further functions",
    "A deploy that associates one function too many fails.",
    "disassociate what no flow needs, or have the quota raised",
    'Amazon Connect administrator guide, "Amazon Connect service quotas": '
    "https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html",
    _look,
)
