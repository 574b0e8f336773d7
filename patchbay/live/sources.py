"""Instances that statements name and the environment does not: leftovers, or somebody else's."""

from collections.abc import Iterable

from patchbay.arns import InstanceArn
from patchbay.config import Environment
from patchbay.live.desk import Desk
from patchbay.live.model import LiveFunction, Policy, Read, Statement, Unread


def named(environment: Environment, functions: Iterable[LiveFunction]) -> tuple[InstanceArn, ...]:
    """Each once, in the order in which they are met."""
    own = {instance.arn for instance in environment.instances}
    statements = (
        statement
        for function in functions
        for policy in (function.policy, function.bare_policy)
        for statement in _policy(policy)
    )
    found = (_instance(statement.source_arn) for statement in statements)
    return tuple(dict.fromkeys(arn for arn in found if arn is not None and arn not in own))


def read(desk: Desk, arn: InstanceArn) -> Read[bool] | Unread:
    """Whether it is there: DescribeInstance in its own account and Region."""
    return desk.connect(arn.region, arn.account).ask_for(
        lambda client: bool(client.describe_instance(InstanceId=arn.instance_id)["Instance"]), False
    )


def _policy(policy: Read[Policy | None] | Unread) -> Iterable[Statement]:
    return policy.value.statements if isinstance(policy, Read) and policy.value else ()


def _instance(text: str | None) -> InstanceArn | None:
    """None for wildcards, and for what is no instance."""
    try:
        return InstanceArn.parse(text or "")
    except ValueError:
        return None
