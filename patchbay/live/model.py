"""What was read of an environment. A part that could not be read is an Unread, which is no answer at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from patchbay.config import Instance

T = TypeVar("T")


@dataclass(frozen=True)
class Unread:
    """AWS did not answer, or refused."""

    why: str
    """One sentence."""
    right: str | None = None
    """The missing IAM action, such as lambda:GetPolicy; None where that was not the reason."""


@dataclass(frozen=True)
class Read(Generic[T]):
    """A value; None says that AWS knows no such thing."""

    value: T


@dataclass(frozen=True)
class Statement:
    """One statement of a resource policy."""

    sid: str
    principal: str
    """A service, an account or `*`."""
    actions: tuple[str, ...]
    resource: str
    source_account: str | None
    """None where no condition names exactly one account."""
    source_arn: str | None
    exact: bool
    """Whether account and ARN are both there, hold no wildcard, and no other condition decides."""
    raw: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Policy:
    """The resource policy of one qualifier."""

    statements: tuple[Statement, ...]
    bytes: int
    revision: str


@dataclass(frozen=True)
class Alias:
    """Where an alias leads."""

    version: str
    weights: Mapping[str, float]
    """Of further versions."""
    description: str
    """Holds the record of releases (live_alias.record)."""
    revision: str

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version that callers may meet."""
        return (self.version, *self.weights)


@dataclass(frozen=True)
class LiveFunction:
    """One function of the environment in one Region."""

    function: str
    """The folder's name."""
    region: str
    name: str
    """The Lambda function's."""
    configuration: Read[Mapping[str, Any] | None] | Unread
    """GetFunction's Configuration of the alias `live`; of the function where that alias is not there."""
    reserved: Read[int | None] | Unread
    """Reserved concurrency; None: none."""
    versions: Read[tuple[str, ...]] | Unread
    """Numbers of the published ones; empty where there is no such function."""
    aliases: Read[Mapping[str, Alias]] | Unread
    policy: Read[Policy | None] | Unread
    """Of the alias `live`."""
    bare_policy: Read[Policy | None] | Unread
    """Of the function itself, which serves the unqualified ARN and $LATEST."""
    throttles: Read[float] | Unread
    """Requests refused for concurrency in the last day, over all qualifiers."""

    @property
    def label(self) -> str:
        """For people."""
        return f"{self.function} in {self.region}"


@dataclass(frozen=True)
class LiveRegion:
    """What the functions of one Region share."""

    region: str
    identity: Read[str] | Unread
    """The account that the credentials lead to."""
    concurrency_limit: Read[int] | Unread
    """The account's concurrent executions, GetAccountSettings."""
    concurrency_peak: Read[float | None] | Unread
    """The most at once in the last day; None where nothing ran."""
    running: Read[tuple[str, ...]] | Unread
    """Names of the release controller's executions that run; empty where there is no controller."""


@dataclass(frozen=True)
class LiveFlow:
    """A published flow."""

    id: str
    arn: str
    name: str
    content: str = field(repr=False)
    type: str | None = None
    """ContactFlowType, such as CUSTOMER_QUEUE; None where Connect does not say."""


@dataclass(frozen=True)
class LiveInstance:
    """One Connect instance of the environment."""

    instance: Instance
    alias: Read[str | None] | Unread
    """DescribeInstance; None where there is no such instance."""
    associations: Read[tuple[str, ...]] | Unread
    """The ARNs in the designer's list."""
    flows: Read[tuple[LiveFlow, ...]] | Unread
    """Those of the environment, and all others where they were asked for."""
    flows_left_out: int
    """Published flows that are not the environment's and were not read."""
    logs_flows: Read[bool] | Unread
    """The instance's attribute CONTACTFLOW_LOGS."""
    log_group: Read[bool] | Unread
    """Whether its flow log group is there."""


@dataclass(frozen=True)
class LiveStack:
    """One stack of the environment."""

    name: str
    region: str
    account: str
    status: Read[str | None] | Unread
    """StackStatus; None where there is no such stack."""
    template: Read[Mapping[str, Any] | None] | Unread = field(repr=False)
    """As it was submitted, parsed."""
    resources: Read[Mapping[str, "StackResource"]] | Unread = field(repr=False)
    """By logical id; empty where there is no such stack."""


@dataclass(frozen=True)
class StackResource:
    """One resource that CloudFormation owns."""

    type: str
    physical_id: str
    """Of an AWS::Lambda::Permission: the statement id."""


@dataclass(frozen=True)
class Seen:
    """Everything."""

    functions: tuple[LiveFunction, ...]
    """In the order of the environment's Regions, then of its functions."""
    regions: tuple[LiveRegion, ...]
    instances: tuple[LiveInstance, ...]
    stacks: tuple[LiveStack, ...]
    """Functions stacks, then Connect stacks."""
    sources: Mapping[str, Read[bool] | Unread]
    """Instance ARNs that statements name and the environment does not: whether that instance is there."""

    def function(self, function: str, region: str) -> LiveFunction:
        """One of them. Raises KeyError."""
        for each in self.functions:
            if (each.function, each.region) == (function, region):
                return each
        raise KeyError((function, region))
