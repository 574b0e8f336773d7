"""Looks after releases whose execution is gone: every quarter of an hour, and when one fails."""

import json
from collections.abc import Iterator, Sequence

from aws_cdk import Duration, aws_events, aws_events_targets, aws_lambda
from constructs import Construct

from live_alias.limits import TARGET_INPUT_MAX_CHARS

_CHUNK = 100
"""Names of at most 64 characters, quoted: about 6,900 characters."""


class ReleaseSweep(Construct):
    """Has the step Lambda compare what the aliases record with the executions that run."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        step: aws_lambda.IFunction,
        functions: Sequence[str],
        machine_arn: str,
    ) -> None:
        super().__init__(scope, id_)
        targets = [
            aws_events_targets.LambdaFunction(
                step, event=aws_events.RuleTargetInput.from_object({"sweep": names})
            )
            for names in chunks(functions)
        ]
        if not targets:
            return
        aws_events.Rule(
            self,
            "Regularly",
            description="Patchbay: releases without an execution",
            schedule=aws_events.Schedule.rate(Duration.minutes(15)),
            targets=targets,
        )
        aws_events.Rule(
            self,
            "OnFailure",
            description="Patchbay: an execution of a release failed",
            event_pattern=aws_events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={"stateMachineArn": [machine_arn], "status": ["FAILED", "TIMED_OUT", "ABORTED"]},
            ),
            targets=targets,
        )


def chunks(names: Sequence[str]) -> Iterator[list[str]]:
    """So many names that the constant input of a target can hold them."""
    for start in range(0, len(names), _CHUNK):
        chunk = list(names[start : start + _CHUNK])
        assert len(json.dumps({"sweep": chunk})) <= TARGET_INPUT_MAX_CHARS
        yield chunk
