"""Everything of an environment, read once."""

import json
import threading
from typing import Any

import pytest

from patchbay.live.model import Read, StackResource
from patchbay.live.reading import read
from tests.live.cloud import Call, Cloud, CloudAws, refusal, resource, summary, unread

TUTORIAL = ("tutorial", "eu-west-1")
ELSEWHERE = "arn:aws:connect:eu-west-2:111122223333:instance/99999999-4444-5555-6666-777777777777"


def test_a_healthy_deployment_is_read_whole(cloud: Cloud) -> None:
    seen = cloud.read()
    assert unread(seen) == []
    function = seen.function(*TUTORIAL)
    assert function.name == "shop-prod-tutorial"
    assert function.configuration == Read({"FunctionName": "shop-prod-tutorial", "Version": "2"})
    assert function.reserved == Read(7)
    assert function.versions == Read(("1", "2"))
    assert function.throttles == Read(8.0)
    assert isinstance(function.aliases, Read)
    live = function.aliases.value["live"]
    assert (live.versions, live.weights, live.revision) == (("2", "1"), {"1": 0.25}, "r")
    assert isinstance(function.policy, Read)
    assert function.policy.value
    assert function.policy.value.statements[0].exact
    assert function.bare_policy == Read(None)
    region = seen.regions[0]
    assert (region.identity, region.concurrency_limit) == (Read("111122223333"), Read(1000))
    assert (region.concurrency_peak, region.running) == (Read(5.0), Read(("tutorial-2",)))


def test_whoever_reads_keeps_to_the_rates(cloud: Cloud) -> None:
    cloud.read()
    assert cloud.paced


def test_an_instance_is_read_in_its_own_account_and_region(cloud: Cloud) -> None:
    seen = cloud.read()
    europe, partner = seen.instances
    assert (europe.alias, partner.alias) == (Read("shop"), Read("partner"))
    assert (europe.logs_flows, europe.log_group) == (Read(True), Read(True))
    assert partner.associations == Read(("arn:of:88888888-4444-5555-6666-777777777777",))
    asked = {(call.account, call.region) for call in cloud.asked("ListLambdaFunctions")}
    assert asked == {("111122223333", "eu-west-2"), ("444455556666", "eu-west-2")}


def test_results_come_in_the_order_of_the_environment(cloud: Cloud) -> None:
    slow = threading.Event()

    def later(call: Call) -> dict[str, Any]:
        if (call.region, call.parameters["FunctionName"]) == ("eu-west-1", "shop-prod-tutorial"):
            slow.wait(5)
        elif call.region == "eu-central-1":
            slow.set()
        return {"Versions": []}

    cloud.say("ListVersionsByFunction", later)
    seen = cloud.read()
    assert slow.is_set()
    order = [(one.region, one.function) for one in seen.functions]
    functions = ("tutorial", "account_service")
    assert order == [(r, f) for r in ("eu-west-1", "eu-central-1") for f in functions]
    assert [one.region for one in seen.regions] == ["eu-west-1", "eu-central-1"]
    assert [one.instance.name for one in seen.instances] == ["europe", "partner"]
    assert [(one.name, one.region, one.account) for one in seen.stacks] == [
        ("shop-prod-functions-eu-west-1", "eu-west-1", "111122223333"),
        ("shop-prod-functions-eu-central-1", "eu-central-1", "111122223333"),
        ("shop-prod-connect-europe", "eu-west-2", "111122223333"),
        ("shop-prod-connect-partner", "eu-west-2", "444455556666"),
    ]


def test_without_the_alias_the_configuration_is_the_functions(cloud: Cloud) -> None:
    def only_bare(call: Call) -> dict[str, Any]:
        if "Qualifier" in call.parameters:
            raise refusal("GetFunction", "ResourceNotFoundException", status=404)
        return {"Configuration": {"Version": "$LATEST"}}

    cloud.say("GetFunction", only_bare)
    function = cloud.read().function(*TUTORIAL)
    assert function.configuration == Read({"Version": "$LATEST"})
    assert function.reserved == Read(None)


def test_only_the_environments_own_flows_are_read_unless_all_are_asked_for(cloud: Cloud) -> None:
    own = ("shop-prod-tutorial", "shop-prod-check_balance")
    seen, everything = cloud.read(), cloud.read(other_flows=True)
    assert [flow.name for flow in seen.instances[0].flows.value] == list(own)  # type: ignore[union-attr]
    assert seen.instances[0].flows_left_out == 1
    assert [flow.name for flow in everything.instances[0].flows.value] == ["Default queue", *own]  # type: ignore[union-attr]
    assert everything.instances[0].flows_left_out == 0


def test_drafts_and_archived_flows_are_neither_read_nor_counted(cloud: Cloud) -> None:
    listed = [summary("Draft", "SAVED"), summary("Old", state="ARCHIVED"), summary("shop-prod-tutorial")]
    cloud.say("ListContactFlows", {"ContactFlowSummaryList": listed})
    cloud.refuse("DescribeContactFlow", "ContactFlowNotPublishedException")
    instance = cloud.read().instances[0]
    assert (instance.flows, instance.flows_left_out) == (Read(()), 0)


def test_every_page_is_read(cloud: Cloud) -> None:
    def versions(call: Call) -> dict[str, Any]:
        if "Marker" in call.parameters:
            return {"Versions": [{"Version": "2"}]}
        return {"Versions": [{"Version": "1"}], "NextMarker": "more"}

    def associations(call: Call) -> dict[str, Any]:
        if "NextToken" in call.parameters:
            return {"LambdaFunctions": ["arn:b"]}
        return {"LambdaFunctions": ["arn:a"], "NextToken": "more"}

    def resources(call: Call) -> dict[str, Any]:
        if "NextToken" in call.parameters:
            return {
                "StackResourceSummaries": [resource("B", "UPDATE_COMPLETE"), resource("C", "DELETE_COMPLETE")]
            }
        return {"StackResourceSummaries": [resource("A", "CREATE_COMPLETE")], "NextToken": "more"}

    def metrics(call: Call) -> dict[str, Any]:
        page = {"MetricDataResults": [{"Id": "peak", "Values": [4.0]}, {"Id": "f0", "Values": [1.0]}]}
        return page if "NextToken" in call.parameters else {**page, "NextToken": "more"}

    cloud.say("ListVersionsByFunction", versions)
    cloud.say("ListLambdaFunctions", associations)
    cloud.say("ListStackResources", resources)
    cloud.say("GetMetricData", metrics)
    seen = cloud.read()
    assert seen.function(*TUTORIAL).versions == Read(("1", "2"))
    assert seen.instances[0].associations == Read(("arn:a", "arn:b"))
    kind = "AWS::Lambda::Function"
    expected = {"A": StackResource(kind, "physical-A"), "B": StackResource(kind, "physical-B")}
    assert seen.stacks[0].resources == Read(expected)
    assert (seen.function(*TUTORIAL).throttles, seen.regions[0].concurrency_peak) == (Read(2.0), Read(4.0))


def test_an_instance_that_only_a_statement_names_is_looked_for(cloud: Cloud) -> None:
    gone, foreign = ELSEWHERE, ELSEWHERE.replace("111122223333", "777788889999")

    def policy(call: Call) -> dict[str, Any]:
        found = [cloud.statement(call.parameters["FunctionName"], call.region) for _ in range(3)]
        for statement, source in zip(found, (gone, foreign, gone.replace("99999999", "*")), strict=True):
            statement["Condition"]["ArnLike"] = {"AWS:SourceArn": source}
        return {"Policy": json.dumps({"Statement": found}), "RevisionId": "p"}

    cloud.say("GetPolicy", policy)
    cloud.say("DescribeInstance", lambda call: {"Instance": {"InstanceAlias": call.account}})
    assert cloud.read().sources == {gone: Read(True), foreign: Read(True)}
    cloud.refuse("DescribeInstance", "ResourceNotFoundException", status=404)
    assert cloud.read().sources == {gone: Read(False), foreign: Read(False)}


def test_the_bare_policy_has_only_what_belongs_to_the_bare_function(cloud: Cloud) -> None:
    def everything(call: Call) -> dict[str, Any]:
        name = call.parameters["FunctionName"]
        found = [cloud.statement(name, call.region, qualifier) for qualifier in ("live", "", "$LATEST")]
        return {"Policy": json.dumps({"Statement": found}), "RevisionId": "p"}

    cloud.say("GetPolicy", everything)
    policy = cloud.read().function(*TUTORIAL).bare_policy
    assert isinstance(policy, Read)
    assert policy.value
    resources = [statement.resource.rpartition(":")[2] for statement in policy.value.statements]
    assert resources == ["shop-prod-tutorial", "$LATEST"]


def test_progress_tells_each_part_once_and_flows_one_by_one(cloud: Cloud) -> None:
    told: list[tuple[int, int, str]] = []
    cloud.read(progress=lambda *news: told.append(news))
    assert "flow 2 of 2 of europe" in [what for _, _, what in told]
    parts = [(done, total) for done, total, what in told if not what.startswith("flow ")]
    assert parts == [(done, 14) for done in range(1, 15)]


def test_many_functions_share_a_request_for_metrics(cloud: Cloud) -> None:
    cloud.read()
    asked = cloud.asked("GetMetricData")
    assert [len(call.parameters["MetricDataQueries"]) for call in asked] == [3, 3]


def test_only_reading_operations_are_called(cloud: Cloud) -> None:
    cloud.read(other_flows=True)
    asked = {call.operation for call in cloud.calls}
    assert len(asked) == 17
    assert all(operation.startswith(("Get", "List", "Describe")) for operation in asked)


def test_an_interrupted_read_leaves_no_thread_that_python_waits_for(
    cloud: Cloud,
) -> None:
    forever = threading.Event()
    cloud.say("GetAccountSettings", lambda call: {"AccountLimit": {}} if forever.wait(30) else {})

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(cloud.environment, CloudAws(cloud), progress=interrupt)
    waiting = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    assert all(thread.daemon for thread in waiting)
    forever.set()
