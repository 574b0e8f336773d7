"""Calls that arrive at random, are routed at random, and are retried as Amazon Connect does.

One Lambda block a call. A failed invocation is retried up to three times, each routed anew, within the
same minute. A refused response fails the block without a retry, and Lambda counts it as a success.
"""

from dataclasses import dataclass
from random import Random

from benchmarks.release_world.chance import poisson
from benchmarks.release_world.faults import Faults, Rates
from benchmarks.release_world.traffic import DAY, Volume
from release_rule.counts import Counts, Period

RETRIES = 3


@dataclass(slots=True)
class Slice:
    """Some minutes at one weight: what Lambda counts (invocations, errors), and what contacts met.

    `refused`: of the candidate's invocations without an error, those whose response Connect refuses.
    """

    start: int
    minutes: int
    weight: float
    contacts: Period
    stable: int = 0
    stable_errors: int = 0
    candidate: int = 0
    candidate_errors: int = 0
    refused: int = 0

    @property
    def end(self) -> int:
        """The first minute after it."""
        return self.start + self.minutes

    @property
    def calls(self) -> int:
        """Contacts on both versions."""
        return self.contacts.candidate.seen + self.contacts.stable.seen


class World:
    """One release in one day. `harmed`: contacts that met the error branch only because of the candidate.

    `failed`: invocations that failed on the candidate and would not have on the stable version.
    """

    def __init__(self, volume: Volume, faults: Faults, random: Random) -> None:
        self.volume, self.faults, self.random = volume, faults, random
        self.slices: list[Slice] = []
        self.harmed = 0.0
        self.failed = 0.0

    def play(self, start: int, minutes: int, weight: float) -> None:
        """Adds what happens in `minutes` from `start` on; the rates are those of the first one."""
        calls = sum(self.volume(minute) for minute in range(start, start + minutes))
        rates = self.faults.at(start)
        to_candidate, to_stable = calls * weight, calls * (1 - weight)
        loud = poisson(to_candidate * rates.candidate, self.random)
        silent = poisson(to_candidate * (1 - rates.candidate) * rates.silent, self.random)
        fine = poisson(to_candidate * (1 - rates.candidate) * (1 - rates.silent), self.random)
        stable_loud = poisson(to_stable * rates.stable, self.random)
        stable_fine = poisson(to_stable * (1 - rates.stable), self.random)
        contacts = Period(
            weight,
            Counts(loud + silent + fine, loud + silent),
            Counts(stable_loud + stable_fine, stable_loud),
        )
        played = Slice(start, minutes, weight, contacts, stable_fine, 0, silent + fine, 0, silent)
        self.harmed += silent
        for _ in range(loud):
            self._failing(played, rates, on_candidate=True)
        for _ in range(stable_loud):
            self._failing(played, rates, on_candidate=False)
        self.slices.append(played)

    def _failing(self, played: Slice, rates: Rates, on_candidate: bool) -> None:
        """A contact whose first attempt failed, with its retries."""
        chance = self.random.random
        extra = (rates.candidate - rates.stable) / rates.candidate if rates.candidate else 0.0
        own = on_candidate and chance() < extra
        because_of_candidate = own
        self._count(played, on_candidate, own)
        for _ in range(RETRIES):
            on_candidate = chance() < played.weight
            if self.faults.bound:
                fails = on_candidate or not because_of_candidate
                own = fails and because_of_candidate
            else:
                fails = chance() < (rates.candidate if on_candidate else rates.stable)
                own = fails and on_candidate and chance() < extra
            if not fails:
                self._answer(played, rates, on_candidate)
                return
            because_of_candidate = because_of_candidate or own
            self._count(played, on_candidate, own)
        self.harmed += because_of_candidate

    def _count(self, played: Slice, on_candidate: bool, own: bool) -> None:
        if on_candidate:
            played.candidate += 1
            played.candidate_errors += 1
            self.failed += own
        else:
            played.stable += 1
            played.stable_errors += 1

    def _answer(self, played: Slice, rates: Rates, on_candidate: bool) -> None:
        """A retry that Lambda counts as a success."""
        if on_candidate:
            refused = self.random.random() < rates.silent
            played.candidate += 1
            played.refused += refused
            self.harmed += refused
        else:
            played.stable += 1

    def rest(self, start: int, weight: float) -> None:
        """From `start` to the end of the day nobody changes the weight: adds the expected harm."""
        if not weight:
            return
        for hour in range(start, DAY, 60):
            minutes = range(hour, min(hour + 60, DAY))
            calls = sum(self.volume(minute) for minute in minutes)
            harmed, failed = expected(self.faults.at(hour), weight, self.faults.bound)
            self.harmed += calls * harmed
            self.failed += calls * failed


def expected(rates: Rates, weight: float, bound: bool) -> tuple[float, float]:
    """Harmed contacts and failed invocations for each call, on average."""
    extra = rates.candidate - rates.stable
    any_fails = weight * rates.candidate + (1 - weight) * rates.stable
    attempts = sum(any_fails**attempt for attempt in range(RETRIES + 1))
    silent = attempts * weight * (1 - rates.candidate) * rates.silent
    if bound:
        return silent + extra * weight**4, extra * sum(weight**attempt for attempt in range(1, RETRIES + 2))
    return silent + any_fails**4 - rates.stable**4, attempts * weight * extra
