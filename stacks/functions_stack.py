"""One Lambda Region: functions, versions, aliases, permissions and tables."""

from typing import Any

from aws_cdk import CfnOutput, Stack, aws_dynamodb
from constructs import Construct

from patchbay.config import Environment, Instance
from patchbay.functions import Function, Kind, Strategy
from patchbay.naming import construct_id
from patchbay.releases.settings import controller_settings
from stacks.components.contact_function import ContactFunction
from stacks.components.invoke_permission import InvokePermission
from stacks.components.live_alias import LiveAlias, LiveAliasProvider
from stacks.components.packages import Packages
from stacks.components.release_controller import ReleaseController
from stacks.components.tables import Tables
from stacks.packing import Layer, pack


class FunctionsStack(Stack):
    """Everything that a Region's functions need; deployed before the Connect stacks that wire them."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        region: str,
        layer: Layer,
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, id_, **kwargs)
        self._environment = environment
        self._region = region
        self._packages = Packages(self, "Packages", layer=layer)
        group = environment.group_of_region(region)
        tables = environment.tables_of(group)
        self._tables = Tables(
            self, "Tables", region=region, group=group, tables=tables, names=environment.names
        ).tables
        self._aliases = LiveAliasProvider(
            self,
            "LiveAliases",
            function_arns=environment.function_arn("*", region),
            machine_arn=environment.release_machine_arn(region),
        )
        wired = list(environment.wired(region))
        self._releases = self._controller([function for function, _ in wired])
        for function, instances in wired:
            self._add(function, instances)

    def _controller(self, functions: list[Function]) -> ReleaseController:
        controller = ReleaseController(
            self, "Releases", environment=self._environment, region=self._region, functions=functions
        )
        for id_, value, description in (
            ("ReleaseReports", controller.reports_bucket, "The bucket with the reports of finished releases"),
            ("ReleaseNotices", controller.topic_arn, "Subscribe to it: releases that went back or are stuck"),
        ):
            CfnOutput(self, id_, value=value, description=description)
        return controller

    def _add(self, settings: Function, instances: tuple[Instance, ...]) -> None:
        id_ = construct_id(settings.name)
        function = ContactFunction(
            self,
            id_,
            settings=settings,
            names=self._environment.names,
            code=pack(self._environment.root / "lambdas", settings.name, "common"),
            packages=self._packages,
            tables=self._tables_of(settings),
        )
        self._releases.may_read(function.log_group)
        strategy = self._environment.strategy(settings)
        alias = LiveAlias(
            function,
            "Live",
            provider=self._aliases,
            function=function,
            strategy=strategy,
            machine_arn=self._releases.machine_arn,
            release=self._release(settings, function) if strategy is Strategy.CANARY else None,
        )
        alias_arn = self._environment.alias_arn(settings.name, self._region)
        for instance in instances if settings.kind is not Kind.WORKER else ():
            InvokePermission(
                alias,
                f"InvokedBy{construct_id(instance.name)}",
                alias=alias,
                alias_arn=alias_arn,
                function=settings,
                instance=instance,
            )
        CfnOutput(self, f"{id_}Alias", value=alias_arn, description=settings.description)

    def _release(self, settings: Function, function: ContactFunction) -> str:
        keep = controller_settings(self._environment, settings, self._region)
        return self.to_json_string({**keep, "log_group": function.log_group.log_group_name})

    def _tables_of(self, settings: Function) -> dict[str, aws_dynamodb.ITable]:
        return {table: self._tables[table] for table in settings.tables}
