"""What a call counts on an embedded AWS: the metrics of filters on the flow log, and Connect's own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from patchbay.calls import Caller, Line
from patchbay.local.process import LocalAws
from patchbay.monitoring.flow_metrics import DIMENSION, DIMENSION_VALUE, FAILED, PATTERNS, TOTAL
from tests.local import instance
from tests.local.embedded import INSTANCE, PREFERRED, client, local_aws
from tests.local.instance import NAME

__all__ = ["local_aws"]

environment, aws, line = instance.environment, instance.aws, instance.line

GROUP, NAMESPACE = "/aws/connect/patchbay-local", "Ours"
FLOW = {"InstanceId": INSTANCE.instance_id, "MetricGroup": "ContactFlow", "ContactFlowName": NAME}


@pytest.fixture(scope="module", autouse=True)
def filters(local_aws: LocalAws) -> None:
    """Each metric without dimensions and by function, as the Connect stack has them."""
    logs = client(local_aws.url, "logs")
    logs.create_log_group(logGroupName=GROUP)
    for metric, pattern in PATTERNS.items():
        for name, more in (
            ("all", {"defaultValue": 0}),
            ("each", {"dimensions": {DIMENSION: DIMENSION_VALUE}}),
        ):
            made = {"metricName": metric, "metricNamespace": NAMESPACE, "metricValue": "1", **more}
            logs.put_metric_filter(
                logGroupName=GROUP,
                filterName=f"{metric}-{name}",
                filterPattern=pattern,
                metricTransformations=[made],
            )


@pytest.fixture
def throttled(line: Line, local_aws: LocalAws) -> Iterator[None]:
    lambda_ = client(local_aws.url, "lambda", PREFERRED)
    lambda_.put_function_concurrency(FunctionName=NAME, ReservedConcurrentExecutions=0)
    yield
    lambda_.delete_function_concurrency(FunctionName=NAME)


def total(aws: LocalAws, namespace: str, metric: str, **dimensions: str) -> tuple[float, float]:
    """The sum, and how many values it is of."""
    now = datetime.now(UTC)
    points = client(aws.url, "cloudwatch").get_metric_statistics(
        Namespace=namespace,
        MetricName=metric,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=86400,
        Statistics=["Sum", "SampleCount"],
    )["Datapoints"]
    return sum(point["Sum"] for point in points), sum(point["SampleCount"] for point in points)


def test_a_call_is_counted_as_the_filters_of_the_flow_log_say(
    line: Line, local_aws: LocalAws, request: pytest.FixtureRequest
) -> None:
    arn = f"arn:aws:lambda:{PREFERRED}:{INSTANCE.account}:function:{NAME}:live"
    line.call("tutorial", Caller())
    assert total(local_aws, NAMESPACE, TOTAL) == (1, 1)
    assert total(local_aws, NAMESPACE, TOTAL, FunctionArn=arn) == (1, 1)
    assert total(local_aws, NAMESPACE, FAILED) == (0, 1), "the default value"
    assert total(local_aws, "AWS/Connect", "ContactFlowErrors", **FLOW) == (0, 0)
    request.getfixturevalue("throttled")
    result = line.call("tutorial", Caller())
    assert result.invocations[0].outcome == "throttled"
    failed = sum(one.outcome != "success" for one in result.invocations)
    assert total(local_aws, NAMESPACE, FAILED, FunctionArn=arn)[0] == 1
    assert total(local_aws, NAMESPACE, FAILED)[0] == failed
    assert total(local_aws, "AWS/Connect", "ContactFlowErrors", **FLOW) == (failed, failed)


@pytest.fixture
def logging_off(local_aws: LocalAws) -> Iterator[None]:
    connect: Any = client(local_aws.url, "connect")
    which = {"InstanceId": INSTANCE.instance_id, "AttributeType": "CONTACTFLOW_LOGS"}
    connect.update_instance_attribute(**which, Value="false")
    yield
    connect.update_instance_attribute(**which, Value="true")


@pytest.mark.usefixtures("logging_off")
def test_an_instance_without_flow_logs_writes_none_and_its_filters_count_nothing(
    line: Line, local_aws: LocalAws
) -> None:
    before = total(local_aws, NAMESPACE, TOTAL)
    result = line.call("tutorial", Caller())
    found = client(local_aws.url, "logs").describe_log_streams(
        logGroupName=GROUP, logStreamNamePrefix=result.contact_id
    )
    assert found["logStreams"] == []
    assert total(local_aws, NAMESPACE, TOTAL) == before
