"""An AWS in memory that answers as the design assumes, and otherwise where a test says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from botocore.exceptions import ClientError

from patchbay import environments
from patchbay.aws import Aws
from patchbay.probe import make
from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import Bench
from patchbay.probe.clock import Clock
from patchbay.probe.run import answer
from patchbay.probe.site import Site
from tests.probe.fake_connect import FakeConnect
from tests.probe.fake_lambda import FakeLambda
from tests.probe.fake_observability import FakeCloudWatch, FakeLogs
from tests.probe.fake_services import FakeIam, FakeSts

HOME, OTHER = "us-east-1", "us-west-2"
INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555"


def error(operation: str, code: str, status: int = 400, message: str = "no") -> ClientError:
    """As botocore raises it."""
    answer: Any = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, operation)


def denied(operation: str, right: str = "") -> ClientError:
    """AccessDenied; AWS mostly names the right."""
    message = f"User: me is not authorized to perform: {right} on it" if right else "no"
    return error(operation, "AccessDeniedException", 403, message)


@dataclass
class FakeAws:
    """Every service, one clock, and what is to go another way."""

    embedded: bool = False
    time: float = 1_000_000.0
    refusals: dict[str, Callable[[dict[str, Any]], ClientError | None]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    services: dict[tuple[str, str], Any] = field(default_factory=dict)
    account: str = "000000000000"
    before: Callable[[str], None] = lambda _: None
    after: Callable[[str], None] = lambda _: None
    """Called with each operation, before and after its effect."""

    def __post_init__(self) -> None:
        self.connect = FakeConnect()
        self.iam = FakeIam()
        for region in (HOME, OTHER, "eu-west-1"):
            self.services["lambda", region] = FakeLambda(region, lambda: self.time)
            self.services["logs", region] = FakeLogs(lambda: self.time, self.lambda_in(region))
            self.services["cloudwatch", region] = FakeCloudWatch(lambda: self.time, self.lambda_in(region))

    def lambda_in(self, region: str = HOME) -> FakeLambda:
        return cast(FakeLambda, self.services["lambda", region])

    @property
    def home(self) -> FakeLambda:
        return self.lambda_in(HOME)

    @property
    def logs(self) -> FakeLogs:
        return cast(FakeLogs, self.services["logs", HOME])

    @property
    def cloudwatch(self) -> FakeCloudWatch:
        return cast(FakeCloudWatch, self.services["cloudwatch", HOME])

    def client(self, service: str, region: str, account: str = "", **_: Any) -> Any:
        one = {"connect": self.connect, "iam": self.iam, "sts": FakeSts(self.account)}
        return FakeClient(self, one.get(service) or self.services[service, region])

    def refuse(self, refusal: ClientError, when: Callable[[dict[str, Any]], bool] = lambda _: True) -> None:
        """Every request of this operation, or those that match."""
        self.refusals[refusal.operation_name] = lambda given: refusal if when(given) else None

    def clock(self) -> Clock:
        return Clock(lambda: self.time, self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.time += seconds

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a probe is there."""
        lambdas = [one for (service, _), one in self.services.items() if service == "lambda"]
        groups = [one for (service, _), one in self.services.items() if service == "logs"]
        return not (
            self.connect.associated
            or self.connect.flows
            or self.iam.roles
            or any(one.functions for one in lambdas)
            or any(one.groups for one in groups)
        )


@dataclass
class FakeClient:
    """Counts requests and refuses what is to be refused."""

    aws: FakeAws
    service: Any

    def __getattr__(self, name: str) -> Any:
        if name == "get_paginator":
            return lambda operation: Pages(getattr(self, operation))
        operation = "".join(part.capitalize() for part in name.split("_"))

        def request(**given: Any) -> Any:
            self.aws.calls.append(operation)
            self.aws.before(operation)
            refusal = self.aws.refusals.get(operation)
            error_ = refusal(given) if refusal else None
            if error_:
                raise error_
            done = getattr(self.service, name)(**given)
            self.aws.after(operation)
            return done

        return request


@dataclass
class Pages:
    """One page."""

    request: Callable[..., Any]

    def paginate(self, **given: Any) -> list[Any]:
        given.pop("PaginationConfig", None)
        return [self.request(**given)]


@cache
def _site() -> Site:
    return Site.of(environments.load("local"), None, None)


def bench_on(aws: FakeAws, *, made: bool = True) -> Bench:
    """A bench of environment local, with its things made."""
    bench = Bench(_site(), cast(Aws, aws), aws.clock())
    if made:
        make.make(bench)
    return bench


def asked(aws: FakeAws, *questions: Question) -> Answer:
    """The answer to the last of them."""
    bench = bench_on(aws)
    answers = [answer(question, bench) for question in questions]
    return answers[-1]
