"""After promotion: a watch that asks for a control again, never one that rolls back by itself.

It looks for a rise over what the version may fail, since the promotion or since any later look: clean
hours do not make it slow. What caused the rise only a new split can tell.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from release_rule.baseline import by_odds
from release_rule.counts import Counts
from release_rule.hypotheses import Gain, against_rate, log_mean, total
from release_rule.tally import Tally

RESPLIT_WEIGHT = 0.5
_LOG_ALARM = math.log(200)
# The mass of a fault that begins at this look, beside 1 for one that was there from the start. Each look's
# evidence has mean 1 at most while the version fails no more than `rate`, so a wrong alarm within 24 h of
# looks every 5 minutes has a probability of at most (1 + 288/100) / 200 = 2 %; it costs a split, no more.
_LOG_BEGINS = math.log(1 / 100)
_LEAST_FAILING = (0.0, 0.10, 0.30, 0.80)
_MOST_FAILING = 0.95
_HIGHEST_RATE = 0.5
_TIMES = 3.0
_ABOVE = 0.02
_RESPLIT_ODDS = 4.0


@dataclass(frozen=True)
class Watch:
    """What the promoted version has met, as the logs of its tests; `rate` is what it may fail (0 to 1)."""

    rate: float
    logs: tuple[float, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON; `of` gives back an equal watch."""
        return {"rate": self.rate, "logs": list(self.logs)}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Watch":
        """From `as_dict`; KeyError, TypeError or ValueError if it is not that."""
        return cls(float(raw["rate"]), tuple(float(log) for log in raw["logs"]))


def begin_watch(baseline_rate: float) -> Watch:
    """On a version that was just promoted; `baseline_rate` is the release's."""
    return Watch(baseline_rate, (0.0,) * len(_LEAST_FAILING))


def fold_watch(watch: Watch, counts: Counts) -> Watch:
    """With the contacts of one look, some minutes; one without contacts changes nothing."""
    if not counts.seen:
        return watch
    gained = total(_gains(watch.rate), counts.failed, counts.clean)
    logs = zip(watch.logs, gained, strict=True)
    return Watch(watch.rate, tuple(_log_sum(log, _LOG_BEGINS) + gain for log, gain in logs))


def alarmed(watch: Watch) -> bool:
    """Whether the version fails so often that it must be compared with the previous one again."""
    return log_mean(watch.logs) >= _LOG_ALARM


def split_again(tally: Tally, watch: Watch) -> Tally:
    """For a new split at `RESPLIT_WEIGHT`: the candidate starts anew and is looked at more closely.

    The comparison with stable is kept.
    """
    closer = max(by_odds(watch.rate, _RESPLIT_ODDS), watch.rate + _ABOVE)
    return Tally(tally.rate, min(tally.bad, closer), 0, 0, tally.relative_bad, tally.relative)


def promoted_again(watch: Watch) -> Watch:
    """The split found nothing, so what the watch met is the new normal: it may fail twice as often."""
    return begin_watch(min(2 * watch.rate, _HIGHEST_RATE))


def _log_sum(one: float, other: float) -> float:
    """The log of the sum of what both are the logs of."""
    return max(one, other) + math.log1p(math.exp(-abs(one - other)))


@lru_cache
def _gains(rate: float) -> tuple[Gain, ...]:
    closest = max(_TIMES * rate, rate + _ABOVE)
    rates = (closest, *(max(_TIMES * rate, least) for least in _LEAST_FAILING[1:]))
    return tuple(against_rate(rate, min(alternative, _MOST_FAILING)) for alternative in rates)
