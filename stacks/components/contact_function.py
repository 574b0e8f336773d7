"""One function of a Region: role, log group, function and the version that this deploy publishes."""

import hashlib
import json
from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy, aws_lambda, aws_logs, aws_sqs
from constructs import Construct

from patchbay.config import Instance
from patchbay.function_environment import names_instances
from patchbay.functions import Function, Runtime
from patchbay.naming import Names
from stacks.components import function_rights
from stacks.components.function_variables import instance_ids, variables
from stacks.components.handler_role import HandlerRole
from stacks.components.packages import Packages
from stacks.components.stores import Stores
from stacks.packing import PackedCode
from stacks.runtime import ARCHITECTURE, handler_of, runtime_of

_APART = {
    "removed",
    "strategy",
    "returns",
    "harmless_operations",
    "bot",
    "retry_attempts",
    "invokes",
    "secrets",
    "buckets",
    "permissions",
}
"""Settings that change nothing about a version: how it meets callers, what is said about its answers, and
what lies in the role and beside the function."""


class ContactFunction(Construct):
    """A Lambda function that a contact flow (or another function, or a bot) invokes."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Function,
        names: Names,
        instances: Sequence[Instance],
        code: PackedCode,
        packages: Packages,
        stores: Stores,
        dead_letters: aws_sqs.IQueue | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.log_group = aws_logs.LogGroup(
            self, "Logs", retention=aws_logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        statements = function_rights.statements(settings, names=names, instances=instances)
        many = function_rights.are_many(settings, statements)
        role = HandlerRole(self, "Role", log_group=self.log_group, many_rights=many)
        runtime = runtime_of(settings.runtime)
        layer = packages if settings.runtime is Runtime.PYTHON else None
        self.function = aws_lambda.Function(
            self,
            "Function",
            function_name=names.function(settings.name),
            description=settings.description,
            runtime=runtime,
            architecture=ARCHITECTURE,
            handler=handler_of(settings),
            code=code.code,
            layers=[layer.layer] if layer else None,
            role=role,
            log_group=self.log_group,
            timeout=Duration.seconds(settings.time_limit_seconds),
            memory_size=settings.memory_mb,
            tracing=aws_lambda.Tracing.ACTIVE,
            environment=variables(settings, names=names, instances=instances, stores=stores),
            dead_letter_queue=dead_letters,
            # Kept after the next deploy, for a release to go back to; not after a first deploy that
            # fails, whose repetition would collide with it.
            current_version_options=aws_lambda.VersionOptions(
                removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
            ),
        )
        stores.grant(role, settings)
        for statement in statements:
            role.add_to_policy(statement)
        self.version = self.function.current_version.version
        parts = [code.fingerprint, layer.fingerprint if layer else "", runtime.name]
        seen = [instance_ids(instances)] if names_instances(settings) else []
        self.fingerprint = _fingerprint(settings, *parts, *seen)


def _fingerprint(settings: Function, code: str, layer: str, runtime: str, *instances: str) -> str:
    """The same in every Region of a group for the same code, layer and settings; version numbers are not."""
    said = settings.model_dump(mode="json", exclude=_APART, exclude_defaults=True)
    facts = [code, layer, runtime, said, *instances]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
