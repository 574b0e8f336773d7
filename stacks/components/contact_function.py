"""One function of a Region: role, log group, function and the version that this deploy publishes."""

import hashlib
import json

from aws_cdk import Duration, RemovalPolicy, aws_dynamodb, aws_lambda, aws_logs
from constructs import Construct

from patchbay.functions import Function, TableAccess
from patchbay.naming import Names
from stacks.components.handler_role import HandlerRole
from stacks.components.packages import Packages
from stacks.packing import PackedCode
from stacks.runtime import ARCHITECTURE, PYTHON

_READ = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
_WRITE = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem")


class ContactFunction(Construct):
    """A Lambda function that a contact flow (or another function, or a bot) invokes."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Function,
        names: Names,
        code: PackedCode,
        packages: Packages,
        tables: dict[str, aws_dynamodb.ITable],
    ) -> None:
        super().__init__(scope, id_)
        self.log_group = aws_logs.LogGroup(
            self, "Logs", retention=aws_logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        role = HandlerRole(self, "Role", log_group=self.log_group)
        environment = {
            **settings.environment,
            # The name, not a reference to the table: CDK hashes either into the version's logical id, and the
            # two must not differ between the Region that owns the table and the others.
            **{f"TABLE_{table.upper()}": names.table(table) for table in settings.tables},
            "PATCHBAY_RESPONSE_TYPE": settings.response.value,
            "POWERTOOLS_SERVICE_NAME": settings.name,
        }
        self.function = aws_lambda.Function(
            self,
            "Function",
            function_name=names.function(settings.name),
            description=settings.description,
            runtime=PYTHON,
            architecture=ARCHITECTURE,
            handler=f"{settings.name}.handler.handler",
            code=code.code,
            layers=[packages.layer],
            role=role,
            log_group=self.log_group,
            timeout=Duration.seconds(settings.time_limit_seconds),
            memory_size=settings.memory_mb,
            tracing=aws_lambda.Tracing.ACTIVE,
            environment=environment,
            # Kept after the next deploy, for a release to go back to; not after a first deploy that
            # fails, whose repetition would collide with it.
            current_version_options=aws_lambda.VersionOptions(
                removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
            ),
        )
        for table, access in settings.tables.items():
            actions = _READ if access is TableAccess.READ else _READ + _WRITE
            tables[table].grant(role, *actions)
        self.version = self.function.current_version.version
        self.fingerprint = _fingerprint(settings, code, packages.fingerprint)


def _fingerprint(settings: Function, code: PackedCode, layer: str) -> str:
    """The same in every Region for the same code, layer and settings; version numbers are not.

    How a version meets callers, and what is only said about its answers, is no part of it: neither changes
    anything about the version.
    """
    apart = {"removed", "strategy", "returns", "harmless_operations"}
    said = settings.model_dump(mode="json", exclude=apart, exclude_defaults=True)
    facts = [code.fingerprint, layer, PYTHON.name, said]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
