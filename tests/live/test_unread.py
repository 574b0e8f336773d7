"""What AWS refuses, does not answer or does not know."""

import pytest
from botocore.exceptions import ConnectTimeoutError, NoCredentialsError

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.live.desk import Desk
from patchbay.live.model import Read, Unread
from patchbay.live.pace import Pacer
from patchbay.live.reading import read
from tests.live.cloud import Cloud, unread

TUTORIAL = ("tutorial", "eu-west-1")

REFUSED = {
    "GetCallerIdentity": None,
    "GetFunction": "lambda:GetFunction",
    "ListVersionsByFunction": "lambda:ListVersionsByFunction",
    "ListAliases": "lambda:ListAliases",
    "GetPolicy": "lambda:GetPolicy",
    "GetAccountSettings": "lambda:GetAccountSettings",
    "GetMetricData": "cloudwatch:GetMetricData",
    "ListExecutions": "states:ListExecutions",
    "DescribeInstance": "connect:DescribeInstance",
    "DescribeInstanceAttribute": "connect:DescribeInstanceAttribute",
    "ListLambdaFunctions": "connect:ListLambdaFunctions",
    "ListContactFlows": "connect:ListContactFlows",
    "DescribeContactFlow": "connect:DescribeContactFlow",
    "DescribeLogGroups": "logs:DescribeLogGroups",
    "DescribeStacks": "cloudformation:DescribeStacks",
    "GetTemplate": "cloudformation:GetTemplate",
    "ListStackResources": "cloudformation:ListStackResources",
}


@pytest.mark.parametrize("operation", REFUSED)
def test_a_refused_read_names_the_missing_right_and_stops_nothing_else(cloud: Cloud, operation: str) -> None:
    cloud.refuse(operation, "AccessDeniedException")
    found = unread(cloud.read())
    assert {one.right for one in found} == {REFUSED[operation]}
    assert all(f"{operation} answered AccessDeniedException: no" in one.why for one in found)


def test_the_right_is_the_one_that_aws_names(cloud: Cloud) -> None:
    said = "User: arn:aws:iam::1:user/u is not authorized to perform: lambda:Something on resource: x"
    cloud.refuse("GetPolicy", "AccessDeniedException", said, 403)
    assert {one.right for one in unread(cloud.read())} == {"lambda:Something"}


def test_credentials_that_expired_are_no_missing_right(cloud: Cloud) -> None:
    cloud.refuse("ListAliases", "ExpiredTokenException", "expired", 403)
    (one, *_) = unread(cloud.read().function(*TUTORIAL))
    assert one == Unread(
        "AWS does not accept the credentials: ListAliases answered ExpiredTokenException: expired"
    )


def test_what_is_not_deployed_is_no_unread(cloud: Cloud) -> None:
    for operation in ("GetFunction", "ListVersionsByFunction", "ListAliases", "GetPolicy"):
        cloud.refuse(operation, "ResourceNotFoundException", status=404)
    for operation in ("DescribeStacks", "GetTemplate", "ListStackResources"):
        cloud.refuse(operation, "ValidationError", "Stack with id shop does not exist")
    for operation in (
        "DescribeInstance",
        "DescribeInstanceAttribute",
        "ListLambdaFunctions",
        "ListContactFlows",
    ):
        cloud.refuse(operation, "ResourceNotFoundException", status=404)
    cloud.refuse("ListExecutions", "StateMachineDoesNotExist")
    cloud.say("DescribeLogGroups", {"logGroups": []})
    cloud.say("GetMetricData", {"MetricDataResults": []})
    seen = cloud.read()
    assert unread(seen) == []
    function, instance, stack = seen.function(*TUTORIAL), seen.instances[0], seen.stacks[0]
    assert (function.configuration, function.reserved) == (Read(None), Read(None))
    assert (function.versions, function.aliases, function.policy) == (Read(()), Read({}), Read(None))
    assert function.throttles == Read(0.0)
    assert (instance.alias, instance.associations, instance.flows) == (Read(None), Read(()), Read(()))
    assert (instance.logs_flows, instance.log_group) == (Read(False), Read(False))
    assert (stack.status, stack.template, stack.resources) == (Read(None), Read(None), Read({}))
    assert (seen.regions[0].running, seen.regions[0].concurrency_peak) == (Read(()), Read(None))


def test_another_validation_error_of_cloudformation_is_an_unread(cloud: Cloud) -> None:
    cloud.refuse("GetTemplate", "ValidationError", "something else")
    assert isinstance(cloud.read().stacks[0].template, Unread)


def test_behind_an_endpoint_that_does_not_answer_nobody_waits_twice(cloud: Cloud) -> None:
    cloud.say("DescribeStacks", ConnectTimeoutError(endpoint_url="https://cloudformation"))
    seen = cloud.read()
    assert "AWS was not reached: Connect timeout on endpoint URL" in seen.stacks[0].status.why  # type: ignore[union-attr]
    assert seen.stacks[0].template == seen.stacks[0].resources == seen.stacks[0].status
    assert len(cloud.asked("GetTemplate")) == 0
    assert isinstance(seen.function(*TUTORIAL).policy, Read)


def test_without_any_credentials_every_identity_is_unread(
    shop: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    seen = read(shop, Aws(shop))
    none = Unread("there are no credentials for account 111122223333")
    assert [region.identity for region in seen.regions] == [none, none]
    assert seen.function(*TUTORIAL).policy == none
    profile = seen.instances[1].alias
    assert isinstance(profile, Unread)
    assert "The config profile (partner) could not be found" in profile.why


def test_credentials_that_cannot_be_used_are_an_unread(cloud: Cloud) -> None:
    cloud.say("GetCallerIdentity", NoCredentialsError())
    assert cloud.read().regions[0].identity == Unread(
        "there are no credentials: Unable to locate credentials"
    )


def test_a_template_in_yaml_is_somebody_elses(cloud: Cloud) -> None:
    cloud.say("GetTemplate", {"TemplateBody": "Resources:\n  A: !Ref B\n"})
    template = cloud.read().stacks[0].template
    assert isinstance(template, Unread)
    assert "is not JSON" in template.why


def test_an_account_without_a_way_in_leaves_its_instance_unread(shop: Environment) -> None:
    aws = Aws(shop)
    answer = Desk(aws, Pacer()).connect("eu-west-2", "777788889999").ask(lambda client: client)
    assert isinstance(answer, Unread)
    assert "says no way into account 777788889999" in answer.why
