"""Patchbay's rule: the very code that the controller runs, on what its log lines show.

The newest two minutes are excluded. In the first minute after a move, either weight may have been in force.
The volume is an average that forgets over 15 minutes, from the last hour on. After promotion, the watch
looks every five minutes.
"""

from math import exp
from random import Random

from benchmarks.release_world.rules.base import PROMOTED, Decision
from benchmarks.release_world.traffic import BEFORE
from benchmarks.release_world.world import Slice
from release.counting import RATE_PERIODS
from release.settings import Settings
from release_rule.baseline import baseline
from release_rule.counts import Counts, Period
from release_rule.rule import Verdict, begin, first_weight, fold, judge, retreat, weight
from release_rule.watch import RESPLIT_WEIGHT, alarmed, begin_watch, fold_watch, promoted_again, split_again

_SETTLE = round(Settings.settle_seconds / 60)
_WATCH_MINUTES = round(Settings.watch_period_seconds / 60)


class Ours(Decision):
    """`history`: the stable version's contacts before the release; `watched`: with the watch."""

    def __init__(self, random: Random, history: Counts, watched: bool) -> None:
        super().__init__(random)
        start = baseline(history)
        self.tally, self.watch = begin(start), begin_watch(start.rate)
        self.watched, self.promotions = watched, 0
        self.read, self.moved, self.before = 0, 0, 0.0
        self.per_minute = 0.0

    def decide(self, now: int, slices: list[Slice]) -> None:
        """One step of the controller."""
        while self.read < len(slices) and slices[self.read].end <= now - _SETTLE:
            self._add(slices[self.read])
            self.read += 1
        if self.outcome == PROMOTED:
            self._look_after(now)
        else:
            self._judge(now)

    def _add(self, played: Slice) -> None:
        if played.start < 0:
            self.per_minute += played.calls / BEFORE
            return
        forget = exp(-played.minutes / RATE_PERIODS)
        self.per_minute = self.per_minute * forget + played.calls / played.minutes * (1 - forget)
        if 0 < played.weight < 1:
            self.tally = fold(self.tally, self._period(played))
        elif played.weight == 1:
            self.watch = fold_watch(self.watch, played.contacts.candidate)

    def _period(self, played: Slice) -> Period:
        if played.start != self.moved:
            return played.contacts
        return Period(played.weight, played.contacts.candidate, played.contacts.stable, self.before)

    def _judge(self, now: int) -> None:
        verdict = judge(self.tally)
        if verdict is Verdict.FAIL:
            self.roll_back()
        elif verdict is Verdict.RETREAT:
            self.tally = retreat(self.tally)
            self._shift(now, min(first_weight(self.per_minute), self.weight))
        elif verdict is Verdict.PASS:
            self._promote()
        else:
            self._shift(now, weight(self.tally, self.per_minute, self.weight))

    def _promote(self) -> None:
        self.promote()
        self.over, self.minutes = not self.watched, _WATCH_MINUTES
        if self.promotions:
            self.watch = promoted_again(self.watch)
        self.promotions += 1

    def _look_after(self, now: int) -> None:
        if alarmed(self.watch):
            self.tally, self.outcome, self.minutes = split_again(self.tally, self.watch), None, 1
            self._shift(now, RESPLIT_WEIGHT)

    def _shift(self, now: int, share: float) -> None:
        if share != self.weight:
            self.before, self.weight, self.moved = self.weight, share, now
