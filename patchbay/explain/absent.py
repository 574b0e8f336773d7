"""Why a contact is in no flow log."""

from collections.abc import Iterable, Iterator

from patchbay.arns import InstanceArn
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.explain.asking import asked
from patchbay.explain.flow_logs import Searched
from patchbay.explain.investigation import parallel
from patchbay.explain.unlogged import Unlogged
from patchbay.live.model import Read, Unread


def logging(aws: Aws, environment: Environment) -> dict[str, Read[bool | None] | Unread]:
    """The attribute CONTACTFLOW_LOGS of each instance."""
    arns = {instance.name: instance.arn for instance in environment.instances}
    return parallel(arns, lambda name: asked("connect", lambda: _attribute(aws, arns[name])))


def reasons(
    searched: Iterable[Searched],
    attributes: dict[str, Read[bool | None] | Unread],
    unlogged: Unlogged,
    since: str,
) -> tuple[str, ...]:
    """What was found about it, the certain first; then what it may be."""
    certain = [text for each in searched for text in _of_instance(each, attributes.get(each.instance))]
    unread = [f"not looked at: {text}" for text in unlogged.unread]
    return (*certain, *unread, *_possible(unlogged, since, is_settled=_is_off(attributes)))


def headline(unlogged: Unlogged, attributes: dict[str, Read[bool | None] | Unread]) -> str:
    """One sentence."""
    if not unlogged.ran:
        return "the contact is in no flow log of this environment, and no function's log names it"
    count = sum(len(each.attempts) for each in unlogged.ran)
    ran = f"functions ran for this contact ({count} request{'s' if count > 1 else ''})"
    if _is_off(attributes):
        return f"nothing is in a flow log because logging was off: {ran}, and the instance does not log flows"
    return f"nothing is in a flow log because logging was off, most likely in the flow: {ran}"


def _is_off(attributes: dict[str, Read[bool | None] | Unread]) -> bool:
    return any(isinstance(read, Read) and read.value is False for read in attributes.values())


def _of_instance(searched: Searched, attribute: Read[bool | None] | Unread | None) -> Iterator[str]:
    name = searched.instance
    if isinstance(attribute, Read) and attribute.value is False:
        yield f"instance {name} does not log flows: its attribute CONTACTFLOW_LOGS is false"
    if isinstance(attribute, Unread):
        yield f"whether instance {name} logs flows could not be read: {attribute.why}{_right(attribute)}"
    if searched.unread:
        yield f"the flow log of {name} could not be read: {searched.unread.why}{_right(searched.unread)}"
    elif searched.missing:
        yield (
            f"instance {name} has no log group {searched.group} in {searched.region}: Connect makes it with "
            "the first entry, and does not make it again where it was deleted"
        )
    elif searched.more:
        yield f"the flow log of {name} was not read to its end: there is too much in it for that time"
    else:
        yield f"{searched.group} in {searched.region} has no entry of it"


def _possible(unlogged: Unlogged, since: str, *, is_settled: bool) -> Iterator[str]:
    if is_settled and unlogged.ran:
        return
    yield (
        "it may be that the flow has no Set logging behavior block that switches logging on, or one that "
        "switches it off"
    )
    if unlogged.ran:
        return
    yield f"it may be that the contact is older than {since}: try a longer --since"
    yield "it may be that the contact is of another environment or instance"
    yield "it may be that its entries are not there yet: they arrive within about a minute"


def _right(unread: Unread) -> str:
    return f" (the right {unread.right} is missing)" if unread.right else ""


def _attribute(aws: Aws, arn: InstanceArn) -> bool:
    client = aws.client("connect", arn.region, arn.account)
    found = client.describe_instance_attribute(InstanceId=arn.instance_id, AttributeType="CONTACTFLOW_LOGS")
    return str(found["Attribute"].get("Value", "")).lower() == "true"
