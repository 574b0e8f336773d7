"""Which instance may invoke an alias, and whose designer lists it."""

from patchbay.arns import InstanceArn
from patchbay.config import Environment, Instance
from patchbay.functions import Kind
from patchbay.live.model import LiveFunction, LiveInstance, Read, Seen, Unread
from patchbay.simulator import policies
from patchbay.wiring.model import Known, Permit


def of(environment: Environment, seen: Seen, live: LiveFunction) -> tuple[Permit, ...]:
    """One for each instance that is wired to the function in its Region; none for a worker or a bot's."""
    function = environment.functions.get(live.function)
    if function is None or function.kind is not Kind.FLOW:
        return ()
    return tuple(
        _permit(environment, number, one, live)
        for number, one in enumerate(seen.instances, start=1)
        if _is_wired(environment, one.instance, live)
    )


def _is_wired(environment: Environment, instance: Instance, live: LiveFunction) -> bool:
    return live.function in instance.functions and live.region in environment.group(instance).regions


def _permit(environment: Environment, number: int, instance: LiveInstance, live: LiveFunction) -> Permit:
    arn = environment.alias_arn(live.function, live.region)
    invoke, why = _may_invoke(arn, instance.instance.arn, live)
    return Permit(instance.instance.name, number, invoke, _listed(arn, instance), why)


def _may_invoke(arn: str, source: InstanceArn, live: LiveFunction) -> tuple[Known, str]:
    if isinstance(live.policy, Unread):
        return Known.UNKNOWN, live.policy.why
    policy = live.policy.value
    statements = [statement.raw for statement in policy.statements] if policy else []
    refusal = policies.refusal({"Statement": statements}, policies.Request(arn, source))
    return (Known.NO, refusal) if refusal else (Known.YES, "")


def _listed(arn: str, instance: LiveInstance) -> Known:
    if not isinstance(instance.associations, Read):
        return Known.UNKNOWN
    return Known.YES if arn in instance.associations.value else Known.NO
