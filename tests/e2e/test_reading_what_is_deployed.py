"""A deployment is read whole, and as it is."""

import contextlib
from collections.abc import Iterator

from patchbay.limits import FUNCTIONS_PER_INSTANCE
from patchbay.live.model import LiveFunction, Policy, Read, Seen
from patchbay.live.reading import read
from patchbay.naming import LIVE
from tests.e2e.by_hand import allow, lambda_of, without_permission
from tests.e2e.deployed import Deployed
from tests.live.cloud import unread

TUTORIAL = ("us-west-2", "tutorial")


def seen(deployed: Deployed) -> Seen:
    return read(deployed.environment, deployed.aws)


def tutorial(deployed: Deployed) -> LiveFunction:
    region, function = TUTORIAL
    return seen(deployed).function(function, region)


def policy_of(read: object) -> Policy:
    assert isinstance(read, Read)
    assert isinstance(read.value, Policy)
    return read.value


def test_everything_that_is_deployed_is_read(deployed: Deployed) -> None:
    now, found = deployed.live(), seen(deployed)
    assert unread(found) == []
    assert [(one.region, one.function) for one in found.functions] == deployed.places
    for function in found.functions:
        live = now[function.region, function.function]
        assert isinstance(function.aliases, Read)
        assert function.aliases.value[LIVE].version == live.version
        assert isinstance(function.versions, Read)
        assert live.version in function.versions.value
        (statement,) = policy_of(function.policy).statements
        assert statement.exact
        assert statement.source_arn == str(deployed.instance.arn)
        assert function.bare_policy == Read(None)


def test_an_instance_is_read_with_its_list_and_its_flows(deployed: Deployed) -> None:
    (instance,) = seen(deployed).instances
    assert isinstance(instance.associations, Read)
    assert set(deployed.environment.associated_arns(deployed.instance)) <= set(instance.associations.value)
    assert len(instance.associations.value) <= FUNCTIONS_PER_INSTANCE
    assert isinstance(instance.flows, Read)
    names = {deployed.environment.names.flow(flow) for flow in deployed.instance.flows}
    assert {flow.name for flow in instance.flows.value} == names
    assert instance.alias == Read(deployed.instance.alias)


def test_stacks_are_read_with_what_they_own(deployed: Deployed) -> None:
    for stack in seen(deployed).stacks:
        assert stack.status in (Read("CREATE_COMPLETE"), Read("UPDATE_COMPLETE"))
        assert isinstance(stack.template, Read)
        assert stack.template.value
        assert isinstance(stack.resources, Read)
        assert set(stack.resources.value) <= set(stack.template.value["Resources"])


@contextlib.contextmanager
def allowed_without_a_qualifier(deployed: Deployed) -> Iterator[None]:
    client, name = lambda_of(deployed, TUTORIAL)
    allow(deployed, TUTORIAL, "bare", Qualifier="")
    try:
        yield
    finally:
        client.remove_permission(FunctionName=name, StatementId="bare")


def test_a_permission_on_the_bare_function_is_told_from_the_alias(deployed: Deployed) -> None:
    with without_permission(deployed, TUTORIAL), allowed_without_a_qualifier(deployed):
        function = tutorial(deployed)
    assert function.policy == Read(None)
    (statement,) = policy_of(function.bare_policy).statements
    assert (statement.sid, statement.resource) == (
        "bare",
        deployed.environment.function_arn("tutorial", "us-west-2"),
    )


def test_an_instance_that_is_gone_is_told(deployed: Deployed) -> None:
    client, name = lambda_of(deployed, TUTORIAL)
    gone = str(deployed.instance.arn).replace("11111111-2222", "99999999-2222")
    allow(deployed, TUTORIAL, "gone", SourceArn=gone)
    try:
        assert seen(deployed).sources == {gone: Read(False)}
    finally:
        client.remove_permission(FunctionName=name, StatementId="gone", Qualifier=LIVE)
