"""The release controller of one Region: it moves callers to a new version by evidence."""

from collections.abc import Sequence

from aws_cdk import aws_logs
from aws_cdk.aws_iam import PolicyStatement
from constructs import Construct

from patchbay.config import Environment
from patchbay.functions import Function
from stacks.components.release_code import release_code
from stacks.components.release_machine import ReleaseMachine
from stacks.components.release_notices import ReleaseNotices
from stacks.components.release_reports import ReleaseReports
from stacks.components.release_rights import Rights
from stacks.components.release_step import ReleaseStep
from stacks.components.release_sweep import ReleaseSweep

KEEP_VERSIONS = 10
"""Older ones are deleted, but for those that an alias names."""


class ReleaseController(Construct):
    """There whatever the strategy, so that a release can be started and ended by hand."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        region: str,
        functions: Sequence[Function],
    ) -> None:
        super().__init__(scope, id_)
        names = environment.names
        machine_arn = environment.release_machine_arn(region)
        reports = ReleaseReports(self, "Reports").bucket
        self._step = ReleaseStep(
            self,
            "Step",
            code=release_code(environment),
            variables={
                # As text: the machine names the step already.
                "STATE_MACHINE_ARN": machine_arn,
                "REPORTS_BUCKET": reports.bucket_name,
                "APP": names.app,
                "ENVIRONMENT": names.environment,
                "KEEP_VERSIONS": str(KEEP_VERSIONS),
            },
        )
        self._step.may(*Rights(environment, region, functions).statements())
        self._step.may(PolicyStatement(actions=["s3:PutObject"], resources=[reports.arn_for_objects("*")]))
        machine = ReleaseMachine(self, "Machine", name=names.release_machine, step=self._step.function)
        self.machine_arn = machine.resource.state_machine_arn
        ReleaseSweep(
            self,
            "Sweep",
            step=self._step.function,
            functions=[names.function(function.name) for function in functions],
            machine_arn=machine_arn,
        )
        self.reports_bucket = reports.bucket_name
        notices = ReleaseNotices(self, "Notices", names=names, machine_arn=machine_arn)
        self.topic = notices.topic

    def may_read(self, log_group: aws_logs.ILogGroup) -> None:
        """The evidence of one function."""
        log_group.grant(self._step.role, "logs:FilterLogEvents")
