"""Everything of an environment, read once over every account, Region and instance; nothing is changed."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import zip_longest
from typing import Any

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.live import functions, instances, regions, sources, stacks, wrong_account
from patchbay.live.crowd import Crowd, Job, Progress, silent
from patchbay.live.desk import Desk
from patchbay.live.model import LiveFunction, LiveInstance, LiveRegion, LiveStack, Read, Seen, Unread
from patchbay.live.pace import Pacer
from patchbay.live.regions import Metrics

_AT_ONCE = 12
"""Requests in each Region: at 0.3 s each, as across an ocean, these still reach Lambda's rates."""


def read(
    environment: Environment,
    aws: Aws,
    *,
    other_flows: bool = False,
    progress: Progress = silent,
    at_once: int | None = None,
) -> Seen:
    """What AWS says. What it refuses, or does not answer, is an Unread in its place: no exception.

    `other_flows`: also the published flows that are not the environment's, at two a second. `at_once`:
    requests, in all; by default as many as AWS answers.
    """
    crowd = Crowd(at_once or _at_once(environment), progress)
    plan = _Plan(environment, Desk(aws, Pacer()), crowd, other_flows)
    crowd.run(plan.jobs())
    found = tuple(job.result for jobs in plan.functions.values() for job in jobs)
    seen = Seen(
        functions=found,
        regions=tuple(job.result for job in plan.regions),
        instances=tuple(job.result for job in plan.instances),
        stacks=tuple(job.result for job in plan.stacks),
        sources=_sources(environment, plan.desk, crowd, found),
    )
    return wrong_account.withheld(environment, seen)


def _at_once(environment: Environment) -> int:
    return _AT_ONCE * len(environment.regions) + len(environment.instances)


class _Plan:
    """The jobs, in the order of the environment."""

    def __init__(self, environment: Environment, desk: Desk, crowd: Crowd, other_flows: bool) -> None:
        self.environment, self.desk = environment, desk
        held = partial(instances.read, environment, desk, other_flows=other_flows, news=crowd.news)
        self.instances: list[Job[LiveInstance]] = [
            Job(f"instance {one.name}", partial(held, one)) for one in environment.instances
        ]
        self.metrics = {region: self._metrics(region) for region in environment.regions}
        self.regions: list[Job[LiveRegion]] = [
            Job(f"Region {region}", partial(self._region, region)) for region in environment.regions
        ]
        self.functions = {region: self._functions(region) for region in environment.regions}
        self.stacks: list[Job[LiveStack]] = [
            Job(f"stack {place[0]}", partial(stacks.read, desk, place))
            for place in stacks.places(environment)
        ]

    def jobs(self) -> Iterator[Job[Any]]:
        """What takes longest and what others wait for is begun first; Regions take turns."""
        yield from self.instances
        yield from self.metrics.values()
        yield from self.regions
        yield from self.stacks
        for jobs in zip_longest(*self.functions.values()):
            yield from (job for job in jobs if job is not None)

    def _metrics(self, region: str) -> Job[Read[Metrics] | Unread]:
        names = [
            self.environment.names.function(function.name) for function, _ in self.environment.wired(region)
        ]
        return Job(f"metrics of {region}", partial(regions.read_metrics, self.desk, region, names))

    def _region(self, region: str) -> LiveRegion:
        return regions.read(self.environment, self.desk, region, self.metrics[region].result)

    def _functions(self, region: str) -> list[Job[LiveFunction]]:
        def one(name: str) -> LiveFunction:
            def throttles(physical: str) -> Read[float] | Unread:
                return regions.throttles_of(self.metrics[region].result, physical)

            return functions.read(self.environment, self.desk, name, region, throttles)

        wired = [function.name for function, _ in self.environment.wired(region)]
        return [Job(f"{name} in {region}", partial(one, name)) for name in wired]


def _sources(
    environment: Environment, desk: Desk, crowd: Crowd, found: Iterable[LiveFunction]
) -> Mapping[str, Read[bool] | Unread]:
    jobs = {
        str(arn): Job(f"instance {arn.instance_id}", partial(sources.read, desk, arn))
        for arn in sources.named(environment, found)
    }
    crowd.run(jobs.values())
    return {arn: job.result for arn, job in jobs.items()}
