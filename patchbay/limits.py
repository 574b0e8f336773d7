"""Numbers that AWS sets, each with the page it comes from.

The one number a handler needs too, the size of a response, lives in `common.response`, which is packed
into every function; it is listed here so that this page is complete.
"""

from dataclasses import dataclass

from common.response import RESPONSE_MAX_BYTES as RESPONSE_MAX_BYTES

# Amazon Connect administrator guide, "Invoke AWS Lambda functions" and "Flow block: AWS Lambda function".
BLOCK_TIME_LIMIT_SECONDS = (1, 8)
"""Least and most that a block may wait for its function, all attempts together."""
BLOCK_RETRIES = 3
"""Further attempts after a throttle, a 5xx or a function error, within the block's time limit."""
ASYNCHRONOUS_TIME_LIMIT_SECONDS = 60
"""The most with the execution mode asynchronous; the developer guide's page of the action still says 8."""
CHAIN_SECONDS = 20
"""The longest sequence of functions with no prompt between them."""

# How long Lex V2 waits for a function (Lex V2 developer guide, "Integrating an AWS Lambda function").
LEX_TIME_LIMIT_SECONDS = 30
# Amazon Connect API reference, TagContact: Tags, at most 6.
CONTACT_TAGS_MAX = 6
# Amazon Connect API reference, UpdateContactAttributes: at most 32 KB for a contact.
CONTACT_ATTRIBUTES_MAX_BYTES = 32 * 1024

# Amazon Connect API reference, AssociateLambdaFunction: FunctionArn, length constraints 1-140.
FUNCTION_ARN_MAX_CHARS = 140
# Amazon Connect administrator guide, "Amazon Connect service quotas": AWS Lambda functions per instance.
FUNCTIONS_PER_INSTANCE = 50
# Amazon Connect API reference, CreateContactFlow: Content, at most 256,000 characters; Name, at most 127.
FLOW_CONTENT_MAX_CHARS = 256_000
FLOW_NAME_MAX_CHARS = 127
# Amazon Connect developer guide, "Actions in the Amazon Connect Flow language": Identifier, at most 50.
BLOCK_IDENTIFIER_MAX_CHARS = 50

# Step Functions API reference, CreateStateMachine: name, at most 80 characters.
STATE_MACHINE_NAME_MAX_CHARS = 80

# Lambda developer guide, "Lambda quotas" and the API reference of CreateFunction.
FUNCTION_NAME_MAX_CHARS = 64
RESOURCE_POLICY_MAX_BYTES = 20_480
FUNCTION_TIMEOUT_MAX_SECONDS = 900
FUNCTION_MEMORY_MB = (128, 10_240)
FUNCTION_DESCRIPTION_MAX_CHARS = 256
# Lambda developer guide, "Asynchronous invocation": 0 to 2 retries, of which 2 are the default.
ASYNCHRONOUS_RETRIES_MAX = 2
ENVIRONMENT_MAX_BYTES = 4_096
"""All names and values of a function's environment variables together."""

# Amazon CloudWatch user guide, "CloudWatch service quotas": dashboards.
DASHBOARD_WIDGETS_MAX = 500
DASHBOARD_METRICS_MAX = 2_500
"""Across all widgets of one dashboard."""
WIDGET_METRICS_MAX = 500
# CloudWatch API reference, PutMetricAlarm: AlarmDescription, at most 1,024 characters.
ALARM_DESCRIPTION_MAX_CHARS = 1_024
# The same: AlarmActions and OKActions, at most 5 each.
ALARM_ACTIONS_MAX = 5
# CloudWatch user guide, "Metric math": an alarm's expression, at most 10 metrics; "Alarms based on Metrics
# Insights queries": the last three hours of data.
METRICS_INSIGHTS_ALARM_SECONDS = 3 * 3_600
MATH_ALARM_METRICS_MAX = 10
# CloudWatch API reference, PutMetricAlarm, Period: the most of period times evaluation periods, for a period
# of less than an hour, and for longer ones.
ALARM_RANGE_MAX_SECONDS = (86_400, 604_800)
# CloudWatch API reference, GetMetricData: MetricDataQueries, at most 500.
METRIC_DATA_QUERIES_MAX = 500
# CloudWatch Logs API reference, StartQuery: logGroupNames, at most 50.
QUERY_LOG_GROUPS_MAX = 50
# CloudFormation user guide, "CloudFormation quotas": a template in S3, at most 1 MB.
TEMPLATE_MAX_BYTES = 1_000_000
STACK_RESOURCES_MAX = 500
# IAM user guide, "IAM and AWS STS quotas": characters without white space, of a managed policy, and of all
# inline policies of a role together.
MANAGED_POLICY_MAX_CHARS = 6_144
ROLE_POLICIES_MAX_CHARS = 10_240


@dataclass(frozen=True)
class Rate:
    """Requests per account and Region."""

    per_second: float
    burst: int = 1


# Amazon Connect administrator guide, "API throttling quotas": every operation but a few of other kinds.
CONNECT_API_RATE = Rate(2, 5)
# Lambda developer guide, "Lambda quotas", "Lambda API requests": GetFunction, GetPolicy, "remainder of the
# control plane APIs". CloudWatch user guide, "CloudWatch service quotas". CloudWatch Logs user guide,
# "CloudWatch Logs quotas". No burst is published for them.
OTHER_API_RATES = {
    ("lambda", "GetFunction"): Rate(100),
    ("lambda", "GetPolicy"): Rate(15),
    ("lambda", ""): Rate(15),
    ("cloudwatch", "GetMetricData"): Rate(50),
    ("logs", "DescribeLogGroups"): Rate(10),
    # AWS General Reference, "Amazon CloudWatch Logs endpoints and quotas": 25 in us-east-1, 10 in most other
    # Regions, and in some, such as eu-central-1, 5.
    ("logs", "FilterLogEvents"): Rate(5),
}
"""By service and operation; an empty operation stands for all others of the service together."""

REQUESTS_A_SECOND_PER_EXECUTION = 10
"""Lambda throttles what comes faster than so many times the concurrency, however short the requests are
(developer guide, "Understanding Lambda function scaling")."""

SCALING_EXECUTIONS, SCALING_SECONDS = 1_000, 10
"""How many execution environments Lambda adds to one function in how long (as above)."""
