"""Metric filters on an instance's flow log."""

from aws_cdk import aws_cloudwatch, aws_logs
from constructs import Construct

from patchbay.monitoring.flow_metrics import DIMENSION, DIMENSION_VALUE, PATTERNS
from stacks.components.flow_log_group import FlowLogGroup


class FlowFilters(Construct):
    """Lambda blocks, and failed ones: in total, which has a 0, and by function, which has none."""

    def __init__(self, scope: Construct, id_: str, *, group: FlowLogGroup, namespace: str) -> None:
        super().__init__(scope, id_)
        for name, pattern in PATTERNS.items():
            for suffix, by_function in (("", False), ("ByFunction", True)):
                filter_ = aws_logs.MetricFilter(
                    self,
                    f"{name}{suffix}",
                    log_group=group.log_group,
                    filter_pattern=aws_logs.FilterPattern.literal(pattern),
                    metric_namespace=namespace,
                    metric_name=name,
                    metric_value="1",
                    unit=aws_cloudwatch.Unit.COUNT,
                    # CloudWatch Logs takes a default value only without dimensions.
                    default_value=None if by_function else 0,
                    dimensions={DIMENSION: DIMENSION_VALUE} if by_function else None,
                )
                group.goes_before(filter_)
