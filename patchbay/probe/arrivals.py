"""Waits until the log lines and metrics of the traffic are readable, and remembers when each was."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from patchbay.probe import series as metrics
from patchbay.probe.series import Series
from patchbay.probe.things.function import LINE
from patchbay.probe.traffic import Traffic
from patchbay.refusals import Refusal

if TYPE_CHECKING:
    from patchbay.probe.bench import Bench


@dataclass
class Seen:
    """When each of some things became readable."""

    wanted: Mapping[str, float]
    """Key, and when it happened (epoch seconds)."""
    lags: dict[str, float] = field(default_factory=dict)
    """Key, and after how many seconds it was readable."""
    refused: ClientError | None = None
    """Set where AWS denied the look: nothing follows from what is missing."""

    @property
    def missing(self) -> list[str]:
        """What was not readable by the end."""
        return [key for key in self.wanted if key not in self.lags]

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to look for."""
        return self.refused is not None or not self.missing

    def look(self, at: float, find: Callable[[], Iterable[str]]) -> None:
        """One look; a failure that may pass is left to the next."""
        if self.refused is not None:
            return
        try:
            for key in find():
                if key in self.wanted:
                    self.lags.setdefault(key, at - self.wanted[key])
        except ClientError as error:
            if Refusal.of(error).denied:
                self.refused = error


@dataclass(frozen=True)
class Arrivals:
    """What was readable, and after how long."""

    waited: float
    """Seconds after the last invocation."""
    lines: Seen
    """By token."""
    series: Seen
    """Metric series that should come by what AWS's pages say, by name."""
    others: Seen
    """Series by version of aliases that are not split."""

    def lag(self, series: Series) -> float | None:
        """Seconds until this series was complete; None where it never was. Raises ClientError if denied."""
        if self.series.refused:
            raise self.series.refused
        return self.series.lags.get(series.name, self.others.lags.get(series.name))


def watch(bench: "Bench") -> Arrivals:
    """Bounded by the bench's patience; sends the traffic first. Raises ClientError where that fails."""
    traffic, patience, clock = bench.traffic, bench.patience, bench.clock
    expected, unexpected = expected_of(bench.site.name, traffic), unexpected_of(bench.site.name, traffic)
    last = traffic.invocations[-1].ended
    lines = Seen({one.token: one.ended for one in traffic.invocations})
    series, others = _seen(expected), _seen(unexpected)

    def look() -> None:
        at = clock.now()
        lines.look(at, lambda: _tokens(bench.logs.read(traffic.started)))
        series.look(at, lambda: _complete(bench, expected, at))
        others.look(at, lambda: _complete(bench, unexpected, at))

    look()
    while not (lines.is_over and series.is_over) and clock.now() - last < patience.readable:
        bench.report(_news(lines, series, clock.now() - last, patience.readable))
        clock.sleep(patience.poll)
        look()
    if not series.missing:
        clock.sleep(patience.grace)
        look()
    return Arrivals(clock.now() - last, lines, series, others)


def expected_of(function: str, traffic: Traffic) -> list[Series]:
    """As AWS's pages say: the function's, each alias's, and by version those of a split alias."""
    aliases = dict.fromkeys(one.alias for one in traffic.invocations)
    split = [alias for alias in aliases if len(traffic.through(alias)) > 1]
    return [
        metrics.of_function(function, traffic),
        *(metrics.of_alias(function, traffic, alias) for alias in aliases),
        *(one for alias in split for one in metrics.of_versions(function, traffic, alias)),
    ]


def unexpected_of(function: str, traffic: Traffic) -> list[Series]:
    """By version, of aliases whose calls all ran on one."""
    aliases = dict.fromkeys(one.alias for one in traffic.invocations)
    whole = [alias for alias in aliases if len(traffic.through(alias)) == 1]
    return [one for alias in whole for one in metrics.of_versions(function, traffic, alias)]


def _seen(series: list[Series]) -> Seen:
    return Seen({one.name: one.ended for one in series})


def _complete(bench: "Bench", series: list[Series], at: float) -> list[str]:
    if not series:
        return []
    return [one.name for one in metrics.complete(bench.cloudwatch, series, bench.traffic.started, at)]


def _tokens(messages: list[str]) -> set[str]:
    return {message.rpartition(" ")[2].strip() for message in messages if LINE in message}


def _news(lines: Seen, series: Seen, waited: float, bound: float) -> str:
    return (
        f"{len(lines.lags)} of {len(lines.wanted)} log lines and {len(series.lags)} of "
        f"{len(series.wanted)} metric series readable after {waited:.0f} s of at most {bound:.0f} s"
    )
