"""What several checks ask of the stacks: whether one is there at all, and what it was deployed with."""

from collections.abc import Iterator, Mapping
from typing import Any

from patchbay.config import Instance
from patchbay.doctor.model import Scene
from patchbay.live.model import LiveFunction, LiveStack, Read, Unread

FUNCTION = "AWS::Lambda::Function"
FLOW = "AWS::Connect::ContactFlow"
ASSOCIATIONS = "Custom::LambdaAssociations"

_ONCE_WHOLE = ("CREATE_COMPLETE", "UPDATE_", "IMPORT_")
"""What a status begins with once everything in the stack was made."""


def functions_stack(scene: Scene, region: str) -> LiveStack | None:
    """None where it was not looked for."""
    return _named(scene, scene.environment.names.functions_stack(region))


def connect_stack(scene: Scene, instance: Instance) -> LiveStack | None:
    """None where it was not looked for."""
    return _named(scene, scene.environment.names.connect_stack(instance.name))


def elsewhere(scene: Scene, account: str) -> Unread | None:
    """Why nothing can be said of an account: the credentials lead to another. The check `credentials` reports
    it. None: they lead there, or it is not the environment's own, whose way in names the account."""
    own = scene.environment.account
    found = {region.identity.value for region in scene.seen.regions if isinstance(region.identity, Read)}
    if account != own or found <= {own}:
        return None
    return Unread(f"the credentials lead to account {', '.join(sorted(found - {own}))}")


def absent(stack: LiveStack | None) -> Unread | None:
    """Why nothing can be said of what the stack makes: the check `stacks` reports it. None: it is there."""
    if stack is None:
        return None
    if isinstance(stack.status, Unread):
        return Unread(f"stack {stack.name} is not deployed") if stack.template == Read(None) else None
    status = stack.status.value
    if status is None:
        return Unread(f"stack {stack.name} is not deployed")
    return None if status.startswith(_ONCE_WHOLE) else Unread(f"stack {stack.name} is {status}")


def is_busy(scene: Scene, region: str) -> bool:
    """Whether a deploy of the Region's functions is at work, or may be: it makes and removes permissions by
    itself, and what it has just made may not have been in its list yet."""
    stack = functions_stack(scene, region)
    if stack is None:
        return False
    return isinstance(stack.status, Unread) or (stack.status.value or "").endswith("_IN_PROGRESS")


def missing(live: LiveFunction) -> Unread | None:
    """Why nothing can be said of a function that is not there: the check `alias-exists` reports it."""
    return Unread("there is no such function") if live.configuration == Read(None) else None


def properties(stack: LiveStack | None, kind: str, **wanted: str) -> Mapping[str, Any] | None:
    """Those that a resource was deployed with, the first of its type with these values; None: not there."""
    if stack is None or not isinstance(stack.template, Read):
        return None
    return in_template(stack.template.value or {}, kind, **wanted)


def associated(scene: Scene, instance: Instance) -> tuple[str, ...] | None:
    """The ARNs that the deployed Connect stack associates; None where that cannot be told."""
    stack = connect_stack(scene, instance)
    found = properties(stack, ASSOCIATIONS, InstanceArn=str(instance.arn))
    return None if found is None else tuple(found.get("FunctionArns", ()))


def in_template(template: Mapping[str, Any], kind: str, **wanted: str) -> Mapping[str, Any] | None:
    """As `properties`, of any template."""
    found = (each for each in _properties(template, kind) if wanted.items() <= _texts(each))
    return next(found, None)


def _properties(template: Mapping[str, Any], kind: str) -> Iterator[Mapping[str, Any]]:
    for resource in template.get("Resources", {}).values():
        if resource.get("Type") == kind:
            yield resource.get("Properties", {})


def _texts(values: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(key, value) for key, value in values.items() if isinstance(value, str)}


def _named(scene: Scene, name: str) -> LiveStack | None:
    return next((stack for stack in scene.seen.stacks if stack.name == name), None)
