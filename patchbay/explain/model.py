"""What logs and AWS say about a contact, parsed; times are epoch seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from patchbay.live.model import Read, Unread

LAMBDA_BLOCK = "InvokeExternalResource"
"""ContactFlowModuleType of the Invoke AWS Lambda function block."""


@dataclass(frozen=True)
class LogLine:
    """One event of a log group."""

    at: float
    message: str
    stream: str = ""
    id: str = ""


@dataclass(frozen=True)
class Target:
    """The function that a block named, taken apart."""

    arn: str
    region: str
    account: str
    name: str
    qualifier: str | None

    @classmethod
    def parse(cls, arn: str) -> "Target | None":
        """None for what is no ARN of a function."""
        parts = arn.split(":")
        if parts[0] != "arn" or len(parts) not in (7, 8) or parts[2] != "lambda" or parts[5] != "function":
            return None
        return cls(arn, parts[3], parts[4], parts[6], parts[7] if len(parts) == 8 else None)

    @property
    def unqualified(self) -> str:
        """The ARN of the function itself."""
        return ":".join(self.arn.split(":")[:7])

    @property
    def label(self) -> str:
        """For people: `patchbay-dev-tutorial:live in us-west-2`."""
        return f"{self.name}{f':{self.qualifier}' if self.qualifier else ''} in {self.region}"


@dataclass(frozen=True)
class Entry:
    """One entry of a flow log."""

    at: float
    """Its Timestamp."""
    written: float
    """CloudWatch's time of the event: the clock that the functions' logs have too."""
    instance: str
    """The environment's name of the instance."""
    contact: str
    flow: str
    type: str
    """ContactFlowModuleType."""
    block: str
    """Identifier; empty where there is none."""
    parameters: Mapping[str, str]
    results: str | None
    """Results; of a Lambda block only a failure has it."""
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def is_lambda(self) -> bool:
        """Whether a function was invoked here."""
        return self.type == LAMBDA_BLOCK

    @property
    def failed(self) -> bool:
        """Whether a Lambda block took its Error branch."""
        return self.is_lambda and self.results is not None

    @property
    def target(self) -> Target | None:
        """None where the entry names no function."""
        return Target.parse(self.parameters.get("FunctionArn", ""))

    @property
    def limit_ms(self) -> int | None:
        """The block's time limit, all attempts together; None where the entry does not say."""
        written = self.parameters.get("TimeLimit", "")
        return int(written) if written.isdecimal() else None


@dataclass(frozen=True)
class Fault:
    """An error as a function's log tells it."""

    type: str
    message: str


@dataclass(frozen=True)
class Attempt:
    """One request that a function got, by its log."""

    request: str
    version: str | None
    contact: str | None
    """None where no line names it: the handler is not decorated, or never came to run."""
    started: float
    duration_ms: float | None
    """Without Init Duration; None where the log has no REPORT of it."""
    init_ms: float
    outcome: str | None
    """Of the decorator: ok, error, refused or raised."""
    fault: Fault | None
    timed_out: bool
    """Lambda itself ended it, at the function's own Timeout."""
    failed: bool
    decorated: bool
    """Whether the decorator wrote a line of it."""
    lines: tuple[LogLine, ...] = field(repr=False)

    @property
    def total_ms(self) -> float:
        """What Connect waited for it; 0 where that is not known."""
        return (self.duration_ms or 0.0) + self.init_ms


@dataclass(frozen=True)
class Concurrency:
    """Around the time of a throttle."""

    reserved: Read[int | None] | Unread
    account_limit: Read[int | None] | Unread
    throttles: Read[float | None] | Unread
    """Of the function, over all qualifiers, in the minutes around it."""


@dataclass(frozen=True)
class Facts:
    """What AWS says now about a function that a block named."""

    configuration: Read[Mapping[str, Any] | None] | Unread
    """Of the function without its qualifier."""
    leads_to: Read[Mapping[str, float] | None] | Unread
    """The versions behind the qualifier, with their weights; None: there is no such qualifier."""
    policy: Read[Mapping[str, Any] | None] | Unread | None = None
    """Of the very ARN; None where nobody asked, as with the next two."""
    other_policy: Read[Mapping[str, Any] | None] | Unread | None = None
    """Of the function itself; of its alias `live` where the block named the function itself."""
    concurrency: Concurrency | None = None

    @property
    def log_group(self) -> str | None:
        """Where its lines go; None where there is no function, or it could not be asked."""
        found = self.configuration.value if isinstance(self.configuration, Read) else None
        if found is None:
            return None
        return str(found.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{found['FunctionName']}")

    @property
    def timeout_ms(self) -> int | None:
        """The function's own Timeout; None where it is not known."""
        found = self.configuration.value if isinstance(self.configuration, Read) else None
        return int(found["Timeout"]) * 1000 if found and "Timeout" in found else None

    @property
    def response_type(self) -> str | None:
        """What its decorator checks answers against; None where that is not known."""
        found = self.configuration.value if isinstance(self.configuration, Read) else None
        variables = (found or {}).get("Environment", {}).get("Variables", {})
        return variables.get("PATCHBAY_RESPONSE_TYPE") or None
