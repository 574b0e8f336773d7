"""The filter patterns say what CDK's own builder of patterns would."""

from aws_cdk.aws_logs import FilterPattern

from patchbay.monitoring.flow_metrics import FAILED_PATTERN, TOTAL_PATTERN


def test_every_lambda_block_counts_and_failed_is_one_with_results() -> None:
    block = FilterPattern.string_value("$.ContactFlowModuleType", "=", "InvokeExternalResource")
    assert block.log_pattern_string == TOTAL_PATTERN
    both = FilterPattern.all(block, FilterPattern.exists("$.Results"))
    assert both.log_pattern_string == FAILED_PATTERN
