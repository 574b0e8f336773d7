"""How many requests came within a second, and how many AWS answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.read_world.canned_aws import Sent
from patchbay.limits import Rate
from patchbay.live.pace import rate_of


@dataclass(frozen=True)
class Busiest:
    """Of the requests that share a rate, in the account and Region with the most."""

    service: str
    operations: str
    most: int
    """Within any second."""
    allowed: float

    @property
    def exceeded(self) -> bool:
        """Whether AWS would have throttled."""
        return self.most > self.allowed


def busiest(sent: Iterable[Sent]) -> Iterable[Busiest]:
    """By service and operations, for those that have a published rate."""
    times: dict[tuple[str, str, str, str], list[float]] = defaultdict(list)
    rates: dict[tuple[str, str], Rate] = {}
    for one in sent:
        shared, rate = rate_of(one.service, one.operation)
        if rate is not None:
            rates[one.service, shared] = rate
            times[one.service, shared, one.region, one.account].append(one.at)
    for (service, shared), rate in sorted(rates.items()):
        most = max(_in_a_second(at) for key, at in times.items() if key[:2] == (service, shared))
        allowed = rate.per_second + (rate.burst if rate.burst > 1 else 0)
        yield Busiest(service, shared or "all others" if service != "connect" else "all", most, allowed)


def _in_a_second(times: list[float]) -> int:
    times.sort()
    return max(sum(start <= at < start + 1 for at in times[first:]) for first, start in enumerate(times))
