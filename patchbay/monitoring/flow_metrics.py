"""What metric filters count in an instance's flow log: its Lambda blocks, and those of them that failed.

The entry of a block that failed has `Results`, the one of a block that worked has `ExternalResults`
(AWS's course on Lambda integrations, "Using Invoke AWS Lambda function block logs"). Syntax of the patterns:
CloudWatch Logs user guide, "Filter pattern syntax for metric filters". A `*` in the place of the value
matches any text; an entry without the field does not match.
"""

TOTAL = "LambdaBlocks"
"""The metric of all AWS Lambda function blocks that ran."""
FAILED = "LambdaBlocksFailed"
"""The metric of those that took their Error branch."""
DIMENSION = "FunctionArn"
"""Each metric is made twice: without dimensions, and with this one.

A metric with a dimension has no default value (so no 0 where nothing failed), and does not add up to the
one without (CloudWatch Logs user guide, "Publishing dimensions with metrics").
"""

DIMENSION_VALUE = "$.Parameters.FunctionArn"
"""Where an entry has it: the ARN as the block names it, alias included."""

TOTAL_PATTERN = '{ $.ContactFlowModuleType = "InvokeExternalResource" }'
FAILED_PATTERN = '{ ($.ContactFlowModuleType = "InvokeExternalResource") && ($.Results = "*") }'

PATTERNS = {TOTAL: TOTAL_PATTERN, FAILED: FAILED_PATTERN}
"""The filter pattern by the metric that it counts."""
