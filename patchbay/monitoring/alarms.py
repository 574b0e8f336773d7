"""When an instance's alarms go off, and what they say. docs/monitoring.md explains the numbers.

A period slides: each evaluation looks at the last `period_seconds` (CloudWatch user guide,
"Alarm evaluation windows"), so a long one does not mean a late alarm where there is traffic.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from patchbay.monitoring.flow_metrics import FAILED, TOTAL

HOUR_SECONDS = 3_600
FLOW_ERRORS, FATAL_ERRORS = "ContactFlowErrors", "ContactFlowFatalErrors"

LEAST_BLOCKS, LEAST_FAILED, FAILED_PERCENT = 20, 5, 10
"""In an hour: a share says something from here on."""
QUIET_HOURS, QUIET_LEAST_BLOCKS, QUIET_PERCENT = 6, 6, 60
"""At night the hour's 20 blocks may never come together: few blocks, most of them failed."""
FLOW_ERRORS_AN_HOUR = 10
FATAL_SECONDS = 300


@dataclass(frozen=True)
class Alarm:
    """Goes off at or over `threshold`; no data counts as fine."""

    id: str
    expression: str
    """Metric math over `metrics`, or a Metrics Insights query."""
    threshold: int
    period_seconds: int
    meaning: str
    """For whom the notification wakes up: what callers meet."""
    metrics: Mapping[str, str] = field(default_factory=dict)
    """Metric names in the instance's own namespace, without dimensions, by their ids in the expression."""


def failed_share(least_blocks: int, least_failed: int) -> str:
    """Failed blocks in percent of all; 0 where there are too few to say.

    Also where there are none: in place of a period without data CloudWatch looks further back for one (user
    guide, "Configuring how CloudWatch alarms treat missing data"), and the alarm would outlast the calls.
    """
    enough = f"FILL(total, 0) >= {least_blocks} AND FILL(failed, 0) >= {least_failed}"
    return f"IF({enough}, 100 * failed / total, 0)"


def of_instance(metric: str, instance_id: str) -> str:
    """The Metrics Insights query that adds up a metric over all flows of an instance.

    Without a SCHEMA, so that it holds whatever further dimensions Connect gives the metric.
    """
    query = "SELECT SUM({}) FROM \"AWS/Connect\" WHERE InstanceId = '{}'"
    return query.format(metric, instance_id)


def alarms(instance_id: str) -> tuple[Alarm, ...]:
    """Those of one instance."""
    shares = {"total": TOTAL, "failed": FAILED}
    return (
        Alarm(
            "LambdaBlocksFailing",
            failed_share(LEAST_BLOCKS, LEAST_FAILED),
            FAILED_PERCENT,
            HOUR_SECONDS,
            f"{FAILED_PERCENT} % or more of the Lambda blocks of the last hour failed ({LEAST_FAILED} of "
            f"{LEAST_BLOCKS} at least): callers take the Error branch and hear the fallback instead of an "
            "answer.",
            shares,
        ),
        Alarm(
            "LambdaBlocksFailingQuietly",
            failed_share(QUIET_LEAST_BLOCKS, LEAST_FAILED),
            QUIET_PERCENT,
            QUIET_HOURS * HOUR_SECONDS,
            f"{QUIET_PERCENT} % or more of the Lambda blocks of the last {QUIET_HOURS} hours failed, with "
            "few calls: nearly every caller takes the Error branch.",
            shares,
        ),
        Alarm(
            "FlowErrors",
            of_instance(FLOW_ERRORS, instance_id),
            FLOW_ERRORS_AN_HOUR,
            HOUR_SECONDS,
            f"In the last hour {FLOW_ERRORS_AN_HOUR} or more blocks, of any kind and of any flow of the "
            "instance, took their Error branch: these callers hear the fallback.",
        ),
        Alarm(
            "FlowFatalErrors",
            of_instance(FATAL_ERRORS, instance_id),
            1,
            FATAL_SECONDS,
            "A flow of the instance could not run because of a system error: Connect dropped the contact.",
        ),
    )


def description(alarm: Alarm, environment: str, instance: str) -> str:
    """What the notification shows: what it means to callers, and what to run next."""
    return (
        f"{instance} ({environment}): {alarm.meaning} Next: patchbay explain --recent --env {environment}; "
        f"patchbay doctor --env {environment}"
    )
