"""Which statements CloudFormation has made: nobody else takes them away, or gives them another id."""

from collections.abc import Iterator

from patchbay.doctor import deployed
from patchbay.doctor.model import Scene
from patchbay.doctor.permissions import Source
from patchbay.live.model import LiveFunction, LiveStack, Read, Seen, Unread

PERMISSION = "AWS::Lambda::Permission"


def statement_ids(seen: Seen) -> Read[frozenset[str]] | Unread:
    """Of every stack of the environment; Unread where one of them could not be read."""
    found: set[str] = set()
    for stack in seen.stacks:
        if isinstance(stack.resources, Unread):
            return stack.resources
        found |= {
            _sid(each.physical_id) for each in stack.resources.value.values() if each.type == PERMISSION
        }
    return Read(frozenset(found))


def recorded(scene: Scene, live: LiveFunction, source: Source) -> Read[str | None] | Unread:
    """The id under which the deployed stack made the statement for `source`; None where it made none."""
    stack = deployed.functions_stack(scene, live.region)
    if stack is None:
        return Read(None)
    for part in (stack.template, stack.resources):
        if isinstance(part, Unread):
            return part
    alias_arn = scene.environment.alias_arn(live.function, live.region)
    return Read(next(_recorded(stack, alias_arn, source), None))


def _recorded(stack: LiveStack, alias_arn: str, source: Source) -> Iterator[str]:
    assert isinstance(stack.template, Read)
    assert isinstance(stack.resources, Read)
    wanted = {
        "FunctionName": alias_arn,
        "Principal": source.principal,
        "SourceAccount": source.arn.account,
        "SourceArn": str(source.arn),
    }
    for logical, resource in (stack.template.value or {}).get("Resources", {}).items():
        properties = resource.get("Properties", {})
        is_it = resource.get("Type") == PERMISSION and all(properties.get(k) == v for k, v in wanted.items())
        made = stack.resources.value.get(logical)
        if is_it and made is not None and made.physical_id:
            yield _sid(made.physical_id)


def _sid(physical_id: str) -> str:
    """CloudFormation may show it with the function's name in front: its identifier has both."""
    return physical_id.rpartition("|")[2]
