"""The questions, in the order in which they are asked."""

from patchbay.probe.answers import Question
from patchbay.probe.questions import (
    any_weight,
    associated_twice,
    automatic_statement,
    disassociated,
    equal_version,
    log_lag,
    metric_lag,
    metrics_split,
    metrics_unsplit,
    named_version,
    other_region_arn,
    other_region_flow,
    qualified_arn,
    stale_revision,
    zero_weight,
)

QUESTIONS: tuple[Question, ...] = (
    qualified_arn.QUESTION,
    automatic_statement.QUESTION,
    associated_twice.QUESTION,
    other_region_arn.QUESTION,
    disassociated.QUESTION,
    other_region_flow.QUESTION,
    equal_version.QUESTION,
    stale_revision.QUESTION,
    named_version.QUESTION,
    any_weight.QUESTION,
    zero_weight.QUESTION,
    metrics_split.QUESTION,
    metrics_unsplit.QUESTION,
    metric_lag.QUESTION,
    log_lag.QUESTION,
)
