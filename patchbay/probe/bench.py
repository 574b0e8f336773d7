"""What questions are asked with: the things that the probe made, and the way to AWS."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from patchbay.aws import Aws
from patchbay.probe.answers import NotAskedError
from patchbay.probe.arrivals import Arrivals, watch
from patchbay.probe.clock import EMBEDDED, REAL, Clock
from patchbay.probe.site import Site
from patchbay.probe.things import Thing
from patchbay.probe.things.association import Associations
from patchbay.probe.things.flow import FlowOfProbe
from patchbay.probe.things.function import ThrowAway
from patchbay.probe.things.log_group import LogGroup
from patchbay.probe.things.role import Role
from patchbay.probe.traffic import Traffic, send

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

PLAIN, SPLIT, ZERO = "plain", "split", "zero"
"""Aliases: all calls to the stable version; half of them; none of them, by a weight of 0."""


class Bench:
    """One run's. `report` takes news while something is waited for."""

    def __init__(
        self, site: Site, aws: Aws, clock: Clock | None = None, report: Callable[[str], None] = lambda _: None
    ) -> None:
        self.site = site
        self.clock = clock or Clock()
        self.embedded = aws.embedded
        self.patience = EMBEDDED if aws.embedded else REAL
        self.report = report
        self.stable = self.candidate = ""
        """The version numbers in the instance's Region; not always 1 and 2: Lambda never gives one twice."""
        self._aws = aws
        self._why_not: dict[str, str] = {}
        self._barred: set[str] = set()
        connect = aws.client("connect", site.arn.region, site.arn.account)
        self.role = Role(aws.client("iam", site.arn.region), site)
        self.associations = Associations(connect, site, self.clock)
        self.flow = FlowOfProbe(connect, site)
        self.functions = {region: self._function(region) for region in site.searched}
        self.log_groups = {
            region: LogGroup(aws.client("logs", region), site, region) for region in site.searched
        }

    def _function(self, region: str) -> ThrowAway:
        client = self._aws.client("lambda", region)
        return ThrowAway(client, self.site, region, self.clock, self.patience)

    @property
    def things(self) -> tuple[Thing, ...]:
        """In the order in which they are removed: who names another comes before it."""
        return (
            self.flow,
            self.associations,
            *self.functions.values(),
            *self.log_groups.values(),
            self.role,
        )

    @property
    def home(self) -> ThrowAway:
        """The function in the instance's Region. Raises NotAskedError where it could not be made."""
        return self._usable(self.site.arn.region)

    @property
    def other(self) -> ThrowAway:
        """The one in the other Region. Raises NotAskedError where there is none."""
        if self.site.other_region is None:
            raise NotAskedError(
                f"environment {self.site.environment.name} has only the instance's Region: "
                "name another one with --other-region"
            )
        return self._usable(self.site.other_region)

    def _usable(self, region: str) -> ThrowAway:
        self.needs(self.functions[region])
        return self.functions[region]

    def close(self, thing: Thing, reason: str) -> None:
        """No question is asked with it."""
        self._why_not.setdefault(thing.label, reason)

    def bar(self, thing: Thing, reason: str) -> None:
        """Not made, not used, not removed: what is there cannot be told."""
        self._barred.add(thing.label)
        self.close(thing, reason)

    def is_barred(self, thing: Thing) -> bool:
        """See `bar`."""
        return thing.label in self._barred

    def needs(self, thing: Thing) -> None:
        """Raises NotAskedError where it is closed."""
        if thing.label in self._why_not:
            raise NotAskedError(self._why_not[thing.label])

    @cached_property
    def traffic(self) -> Traffic:
        """Sent once, for every question that looks at logs or metrics."""
        return send(self.home, self.clock, {PLAIN: 5, SPLIT: 12, ZERO: 5})

    @cached_property
    def arrivals(self) -> Arrivals:
        """Awaited once."""
        return watch(self)

    @property
    def cloudwatch(self) -> "CloudWatchClient":
        """In the instance's Region."""
        return self._aws.client("cloudwatch", self.site.arn.region)

    @property
    def logs(self) -> LogGroup:
        """In the instance's Region."""
        return self.log_groups[self.site.arn.region]
