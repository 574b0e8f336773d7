"""One environment: its TOML file, read and checked once, then frozen.

Nothing here imports aws_cdk, so the command line shares it with the stacks.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from patchbay import toml
from patchbay.alarm_topics import AlarmTopics, check_regions
from patchbay.arns import Arn, InstanceArn
from patchbay.errors import UserError
from patchbay.functions import Function, Kind, Strategy, Table
from patchbay.limits import FUNCTIONS_PER_INSTANCE
from patchbay.lint.section import AcceptedFinding
from patchbay.naming import LIVE, Names
from patchbay.releases.section import Release


def _shaped(pattern: str, words: str) -> AfterValidator:
    """A text of this shape; the complaint says it in words, not as a pattern."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{text!r} is not {words}")
        return text

    return AfterValidator(check)


AccountId = Annotated[str, _shaped(r"\d{12}", "an account id: write its 12 digits, in quotes")]
REGION_SHAPE = r"[a-z]{2}(-[a-z]+)+-\d"
RegionName = Annotated[str, _shaped(REGION_SHAPE, "a Region: write it as in eu-west-2")]
Word = Annotated[str, _shaped(r"[a-z][a-z0-9-]*", "a name: use small letters, digits and dashes")]


def _app(name: str) -> str:
    """Systems Manager user guide, "Creating parameters": a path does not begin with aws or ssm."""
    if name.startswith(("aws", "ssm")):
        raise ValueError(
            f"{name!r} begins with aws or ssm, which Systems Manager keeps for itself: choose another"
        )
    return name


AppName = Annotated[Word, AfterValidator(_app)]


def _instance_arn(value: object) -> InstanceArn:
    return value if isinstance(value, InstanceArn) else InstanceArn.parse(str(value))


class RegionGroup(toml.Section):
    """Regions that share tables; flows call the first, the others are its fallback."""

    regions: Annotated[tuple[RegionName, ...], Field(min_length=1)]
    tables_in: RegionName | None = None
    """The Region whose stack owns the tables; set it before the order of `regions` changes."""

    alarm_topics: AlarmTopics = Field(default_factory=dict)

    @model_validator(mode="after")
    def _stays_in_the_group(self) -> Self:
        check_regions(self.alarm_topics, self.regions)
        if self.tables_in is not None and self.tables_in not in self.regions:
            raise ValueError(
                f"tables_in is {self.tables_in!r}: use one of regions, {', '.join(self.regions)}"
            )
        return self

    @property
    def home(self) -> str:
        """The Region whose stack owns the tables; the others hold replicas."""
        return self.tables_in or self.regions[0]

    @property
    def preferred(self) -> str:
        """The Region that carries the calls."""
        return self.regions[0]

    @property
    def fallback(self) -> str:
        """The Region that flows turn to on the Error branch; a group of one has only itself."""
        return self.regions[min(1, len(self.regions) - 1)]


class Account(toml.Section):
    """How tools reach an account."""

    profile: str | None = None
    role_arn: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.profile is None) == (self.role_arn is None):
            raise ValueError("name either a profile or a role_arn")
        return self


class Instance(toml.Section):
    """A Connect instance; account and Region are read off its ARN."""

    name: Word
    arn: Annotated[InstanceArn, BeforeValidator(_instance_arn)]
    alias: str
    region_group: str
    functions: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    resources: dict[str, str] = Field(default_factory=dict)
    accepted_findings: tuple[AcceptedFinding, ...] = ()
    alarm_topic_arn: str | None = None
    function_quota: int = FUNCTIONS_PER_INSTANCE
    """The instance's quota of Lambda functions, where Service Quotas raised it."""

    @field_validator("resources")
    @classmethod
    def _are_arns(cls, resources: dict[str, str]) -> dict[str, str]:
        for arn in resources.values():
            Arn.parse(arn)
        return resources

    @model_validator(mode="after")
    def _stay_in_region(self) -> Self:
        """All but Lex bots: flows may use one of another Region (API reference, LexBot: LexRegion)."""
        for key, text in {**self.resources, "alarm_topic_arn": self.alarm_topic_arn or ""}.items():
            arn = Arn.parse(text) if text else self.arn
            if arn.service != "lex" and arn.region not in ("", self.arn.region):
                raise ValueError(
                    f"{key} is in {arn.region} ({text}), but instance {self.name} is in {self.arn.region}: "
                    "use one of that Region"
                )
            if text and ":connect:" in text and not text.startswith(f"{self.arn}/"):
                raise ValueError(f"{key} ({text}) belongs to another instance than {self.arn}")
        return self


class EnvironmentFile(toml.Section):
    """The TOML file as written."""

    app: AppName
    account: AccountId
    region_groups: dict[str, RegionGroup]
    release: Release = Release()
    instances: Annotated[tuple[Instance, ...], Field(min_length=1)]
    accounts: dict[AccountId, Account] = Field(default_factory=dict)
    functions: dict[str, dict[str, Any]] = Field(default_factory=dict)


class Environment(EnvironmentFile):
    """One environment, whole: the file, its name, and the functions and tables that it uses.

    `functions` are the functions that an instance lists, with the environment's overrides, by name.
    """

    name: str
    functions: dict[str, Function]  # type: ignore[assignment]  # the file's overrides, resolved
    tables: dict[str, Table]
    root: Path

    @property
    def names(self) -> Names:
        """The physical names of this environment."""
        return Names(self.app, self.name)

    @property
    def regions(self) -> tuple[str, ...]:
        """The Lambda Regions that an instance is wired to, in the file's order."""
        return tuple(dict.fromkeys(r for i in self.instances for r in self.group(i).regions))

    def group(self, instance: Instance) -> RegionGroup:
        """The Regions that the instance's functions run in."""
        return self.region_groups[instance.region_group]

    def instance(self, name: str) -> Instance:
        """By name. Raises UserError with the names that exist."""
        for instance in self.instances:
            if instance.name == name:
                return instance
        known = ", ".join(i.name for i in self.instances)
        raise UserError(f"instance {name!r} is not in environment {self.name}: there are {known}")

    def function(self, name: str) -> Function:
        """By name. Raises UserError with the names that exist."""
        if name not in self.functions:
            known = f"there are {', '.join(self.functions)}" if self.functions else "it lists none"
            raise UserError(f"function {name!r} is not in environment {self.name}: {known}")
        return self.functions[name]

    def functions_of(self, instance: Instance, *kinds: Kind) -> tuple[Function, ...]:
        """What the instance lists, of these kinds (all where none is named)."""
        listed = (self.functions[name] for name in instance.functions)
        return tuple(f for f in listed if not kinds or f.kind in kinds)

    def wired(self, region: str) -> Iterator[tuple[Function, tuple[Instance, ...]]]:
        """Each function of a Region with the instances that are wired to it there."""
        here = [i for i in self.instances if region in self.group(i).regions]
        for function in self.functions.values():
            instances = tuple(i for i in here if function.name in i.functions)
            if instances:
                yield function, instances

    def tables_of(self, group: RegionGroup) -> dict[str, Table]:
        """The tables that the group's functions use, in the order of lambdas/tables.toml."""
        used = {table for region in group.regions for f, _ in self.wired(region) for table in f.tables}
        return {name: table for name, table in self.tables.items() if name in used}

    def used(self, region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The secrets and the buckets that the Region's functions name, each once."""
        functions = [function for function, _ in self.wired(region)]
        secrets = sorted({name for function in functions for name in function.secrets})
        buckets = sorted({name for function in functions for name in function.buckets})
        return tuple(secrets), tuple(buckets)

    def function_arn(self, function: str, region: str) -> str:
        """The unqualified ARN."""
        partition = self.instances[0].arn.partition
        return self.names.function_arn(function, partition=partition, region=region, account=self.account)

    def alias_arn(self, function: str, region: str) -> str:
        """The ARN of the alias `live`, which flows name."""
        return f"{self.function_arn(function, region)}:{LIVE}"

    def associated_arns(self, instance: Instance) -> list[str]:
        """The alias ARNs in the instance's drop-down: every Region's, without functions being removed."""
        return [
            self.alias_arn(function.name, region)
            for function in self.functions_of(instance, Kind.FLOW)
            if not function.removed
            for region in self.group(instance).regions
        ]

    def strategy(self, function: Function) -> Strategy:
        """How its new versions meet callers: only a flow has contacts to judge a release by."""
        if function.kind is not Kind.FLOW:
            return Strategy.ALL_AT_ONCE
        return function.strategy or self.release.strategy

    def release_machine_arn(self, region: str) -> str:
        """The state machine of the Region's release controller."""
        partition = self.instances[0].arn.partition
        return f"arn:{partition}:states:{region}:{self.account}:stateMachine:{self.names.release_machine}"

    def group_of_region(self, region: str) -> RegionGroup:
        """The group that a Lambda Region belongs to."""
        return next(group for group in self.region_groups.values() if region in group.regions)
