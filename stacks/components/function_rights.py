"""What a function's role may do beyond its logs and stores."""

from collections.abc import Iterator, Sequence

from aws_cdk.aws_iam import PolicyStatement

from patchbay.config import Instance
from patchbay.function_environment import INSTANCE
from patchbay.functions import Function, Permission
from patchbay.naming import Names
from stacks.components.function_variables import alias_arn_here

_MANY_NAMES = 50
"""Actions and resources."""
_NAMES_OF_A_STORE = 3
"""A table's ARN and that of its indexes, or a bucket's and that of its objects, with their actions."""


def statements(settings: Function, *, names: Names, instances: Sequence[Instance]) -> list[PolicyStatement]:
    """The aliases that it invokes, in its own Region, and what it asks for by [[permissions]]."""
    invoked = [alias_arn_here(names, name) for name in settings.invokes]
    found = [PolicyStatement(actions=["lambda:InvokeFunction"], resources=invoked)] if invoked else []
    for permission in settings.permissions:
        resources = list(dict.fromkeys(_resources(permission, instances)))
        spared = [*permission.except_resources]
        found.append(
            PolicyStatement(
                actions=[*permission.actions], resources=resources or None, not_resources=spared or None
            )
        )
    return found


def are_many(settings: Function, statements: Sequence[PolicyStatement]) -> bool:
    """Whether they might not fit into the role itself, which has room for some 70 ARNs."""
    stores = len(settings.tables) + len(settings.secrets) + len(settings.buckets)
    names = sum(len(one.actions) + len(one.resources) + len(one.not_resources) for one in statements)
    return names + _NAMES_OF_A_STORE * stores > _MANY_NAMES


def _resources(permission: Permission, instances: Sequence[Instance]) -> Iterator[str]:
    for resource in permission.resources:
        if INSTANCE in resource:
            yield from (resource.replace(INSTANCE, str(instance.arn)) for instance in instances)
        else:
            yield resource
