"""One Lambda Region: functions, versions, aliases, permissions, and what functions keep things in."""

from typing import Any

from aws_cdk import CfnOutput, Stack, aws_sns, aws_sqs
from constructs import Construct

from patchbay.alarm_topics import topic_arns
from patchbay.config import Environment, Instance
from patchbay.functions import Function, Kind, Strategy
from patchbay.naming import construct_id
from patchbay.releases.settings import controller_settings
from stacks.components.alarm_notice import Notice
from stacks.components.asynchronous_runs import AsynchronousRuns
from stacks.components.buckets import Buckets
from stacks.components.contact_function import ContactFunction
from stacks.components.dead_letters import DeadLetters
from stacks.components.function_alarm import FunctionAlarm
from stacks.components.invoke_permission import permit
from stacks.components.live_alias import LiveAlias, LiveAliasProvider
from stacks.components.packages import Packages
from stacks.components.region_monitoring import RegionMonitoring
from stacks.components.release_controller import ReleaseController
from stacks.components.secrets import Secrets
from stacks.components.stores import Stores
from stacks.components.tables import Tables
from stacks.packing import Layer, pack_function


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
        self._stores = self._make_stores()
        self._aliases = LiveAliasProvider(
            self,
            "LiveAliases",
            function_arns=environment.function_arn("*", region),
            machine_arn=environment.release_machine_arn(region),
        )
        wired = list(environment.wired(region))
        self._releases = self._controller([function for function, _ in wired])
        self._notice = Notice(environment.name, region, self._alarm_topics())
        self._log_groups: dict[str, str] = {}
        for function, instances in wired:
            self._add(function, instances)
        if wired:
            RegionMonitoring(
                self,
                "Monitoring",
                names=environment.names,
                functions=[function for function, _ in wired],
                log_groups=self._log_groups,
                notice=self._notice,
            )

    def _alarm_topics(self) -> list[aws_sns.ITopic]:
        """Those that the environment names; without any, the one that is told of releases."""
        arns = topic_arns(self._environment, self._region)
        named = [aws_sns.Topic.from_topic_arn(self, f"AlarmTopic{at}", arn) for at, arn in enumerate(arns)]
        return named or [self._releases.topic]

    def _make_stores(self) -> Stores:
        group = self._environment.group_of_region(self._region)
        tables = self._environment.tables_of(group)
        secrets, buckets = self._environment.used(self._region)
        return Stores(
            tables=Tables(
                self,
                "Tables",
                region=self._region,
                group=group,
                tables=tables,
                names=self._environment.names,
            ).tables,
            secrets=Secrets(self, "Secrets", names=secrets).secrets,
            buckets=Buckets(self, "Buckets", names=buckets).buckets,
        )

    def _controller(self, functions: list[Function]) -> ReleaseController:
        controller = ReleaseController(
            self, "Releases", environment=self._environment, region=self._region, functions=functions
        )
        notices = (
            "Subscribe to it: releases that went back or are stuck, and alarms of functions and of workers' "
            "dead-letter queues where the environment names no topic for them"
        )
        for id_, value, description in (
            ("ReleaseReports", controller.reports_bucket, "The bucket with the reports of finished releases"),
            ("ReleaseNotices", controller.topic.topic_arn, notices),
        ):
            CfnOutput(self, id_, value=value, description=description)
        return controller

    def _add(self, settings: Function, instances: tuple[Instance, ...]) -> None:
        id_ = construct_id(settings.name)
        function = self._function(id_, settings, instances)
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
        for instance in instances:
            permit(alias, alias_arn=alias_arn, function=settings, instance=instance)
        if settings.kind is Kind.WORKER:
            name = function.function.function_name
            AsynchronousRuns(alias, "Asynchronous", alias=alias, function_name=name, settings=settings)
        FunctionAlarm(
            function,
            "Alarm",
            function_name=self._environment.names.function(settings.name),
            settings=settings,
            notice=self._notice,
        )
        CfnOutput(self, f"{id_}Alias", value=alias_arn, description=settings.description)
        self._log_groups[settings.name] = function.log_group.log_group_name

    def _function(self, id_: str, settings: Function, instances: tuple[Instance, ...]) -> ContactFunction:
        names = self._environment.names
        return ContactFunction(
            self,
            id_,
            settings=settings,
            names=names,
            instances=instances,
            code=pack_function(self._environment.root / "lambdas", settings),
            packages=self._packages,
            stores=self._stores,
            dead_letters=self._dead_letters(id_, settings) if settings.kind is Kind.WORKER else None,
        )

    def _dead_letters(self, id_: str, settings: Function) -> aws_sqs.IQueue:
        name = self._environment.names.function(settings.name)
        return DeadLetters(self, f"{id_}DeadLetters", function=name, notice=self._notice).queue

    def _release(self, settings: Function, function: ContactFunction) -> str:
        keep = controller_settings(self._environment, settings, self._region)
        return self.to_json_string({**keep, "log_group": function.log_group.log_group_name})
