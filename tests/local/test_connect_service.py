"""What a call leaves behind on an embedded AWS, and on no other: the flow log and the alias's metrics."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from patchbay.aws import Aws
from patchbay.calls import Caller, Line
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.local.process import LocalAws
from tests.local import instance
from tests.local.embedded import ACCOUNT, PREFERRED, client, publish, wire
from tests.local.instance import HANDLER, NAME, TUTORIAL, heard

environment, aws, line = instance.environment, instance.aws, instance.line

LOG_GROUP = "/aws/connect/patchbay-local"


@pytest.fixture
def logs(local_aws: LocalAws) -> Any:
    """A client; the flow log begins empty."""
    logs = client(local_aws.url, "logs")
    if logs.describe_log_groups(logGroupNamePrefix=LOG_GROUP)["logGroups"]:
        logs.delete_log_group(logGroupName=LOG_GROUP)
    return logs


def events(logs: Any, contact_id: str) -> list[dict[str, Any]]:
    found = logs.filter_log_events(logGroupName=LOG_GROUP, logStreamNames=[contact_id])["events"]
    return [json.loads(event["message"]) for event in found]


def test_a_call_writes_the_flow_log_of_its_instance(line: Line, logs: Any) -> None:
    result = line.call("tutorial", Caller())
    entries = events(logs, result.contact_id)
    assert {entry["ContactId"] for entry in entries} == {result.contact_id}
    assert {entry["ContactFlowName"] for entry in entries} == {NAME}
    kinds = [entry["ContactFlowModuleType"] for entry in entries]
    assert kinds.count("InvokeExternalResource") == 1
    assert {"PlayPrompt", "SetAttributes", "Disconnect"} <= set(kinds)


def test_calls_one_after_the_other_keep_their_logs_apart(line: Line, logs: Any) -> None:
    first, second = (line.call("tutorial", Caller()) for _ in range(2))
    assert len(events(logs, first.contact_id)) == len(events(logs, second.contact_id)) > 0


def test_a_flow_that_sets_no_logging_writes_none(line: Line, logs: Any) -> None:
    line.call("unlogged", Caller())
    assert logs.describe_log_groups(logGroupNamePrefix=LOG_GROUP)["logGroups"] == []


def test_a_refused_invocation_is_a_403_in_the_flow_log(line: Line, logs: Any, local_aws: LocalAws) -> None:
    lambda_ = client(local_aws.url, "lambda", PREFERRED)
    lambda_.remove_permission(FunctionName=NAME, Qualifier="live", StatementId="connect")
    try:
        result = line.call("tutorial", Caller())
    finally:
        lambda_.delete_alias(FunctionName=NAME, Name="live")
        wire(lambda_, NAME, "1")
    assert heard(result)[-1] == "Please try again later."
    (entry,) = [
        e for e in events(logs, result.contact_id) if "Results" in e and "Status Code" in e["Results"]
    ]
    assert entry["ContactFlowModuleType"] == "InvokeExternalResource"
    assert entry["Results"].startswith("Status Code: 403; Error Code: AccessDeniedException; RequestId: ")


def invocations(local_aws: LocalAws, version: str | None = None) -> float:
    """How many the alias's metrics count, of one version where it is split."""
    dimensions = {"FunctionName": NAME, "Resource": f"{NAME}:live"}
    if version:
        dimensions["ExecutedVersion"] = version
    now = datetime.now(UTC)
    points = client(local_aws.url, "cloudwatch", PREFERRED).get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="Invocations",
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=7200,
        Statistics=["Sum"],
    )["Datapoints"]
    return float(sum(point["Sum"] for point in points))


def test_an_invocation_is_counted_for_the_alias(line: Line, local_aws: LocalAws) -> None:
    before = invocations(local_aws)
    line.call("tutorial", Caller())
    assert invocations(local_aws) == before + 1
    assert invocations(local_aws, "1") == 0


def test_a_split_alias_is_counted_by_version_too(line: Line, local_aws: LocalAws) -> None:
    lambda_ = client(local_aws.url, "lambda", PREFERRED)
    second = publish(lambda_, NAME, HANDLER.replace("VERSION", "two"))
    lambda_.update_alias(
        FunctionName=NAME, Name="live", RoutingConfig={"AdditionalVersionWeights": {second: 0.5}}
    )
    try:
        met = [line.call("tutorial", Caller()).invocations[0].version for _ in range(3)]
    finally:
        lambda_.update_alias(FunctionName=NAME, Name="live", RoutingConfig={"AdditionalVersionWeights": {}})
    assert invocations(local_aws, "1") == met.count("1")
    assert invocations(local_aws, second) == met.count(second)
    assert len(met) == met.count("1") + met.count(second)


def test_a_stub_is_not_counted(line: Line, local_aws: LocalAws, tmp_path: Path) -> None:
    file = tmp_path / "stub.json"
    file.write_text("{}")
    before = invocations(local_aws)
    line.call("tutorial", Caller(), stub=[f"tutorial={file}"])
    assert invocations(local_aws) == before


def test_a_real_account_writes_its_own_log_and_metrics(
    line: Line, local_aws: LocalAws, logs: Any, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT)
    real = Aws(environment, local_aws.url)
    real.embedded = False
    before = invocations(local_aws)
    result = Line(environment, line.instance, real).call("tutorial", Caller())
    assert result.invocations[0].outcome == "success"
    assert invocations(local_aws) == before
    assert logs.describe_log_groups(logGroupNamePrefix=LOG_GROUP)["logGroups"] == []


def test_a_call_that_ends_in_an_error_has_written_its_log(line: Line, logs: Any, tmp_path: Path) -> None:
    flow = json.loads(Path(TUTORIAL).read_text())
    for action in flow["Actions"]:
        if action["Type"] == "InvokeLambdaFunction":
            action["Parameters"]["LambdaFunctionARN"] = "order-status"
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(flow))
    with pytest.raises(UserError, match="order-status"):
        line.call(str(path), Caller())
    (group,) = logs.describe_log_groups(logGroupNamePrefix=LOG_GROUP)["logGroups"]
    assert group["logGroupName"] == LOG_GROUP
