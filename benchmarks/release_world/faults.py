"""How the two versions fail."""

from dataclasses import dataclass
from typing import NamedTuple


class Rates(NamedTuple):
    """Chances, 0 to 1, that an attempt fails loudly on each version, or silently on the candidate."""

    stable: float
    candidate: float
    silent: float


@dataclass(frozen=True)
class Outage:
    """Both versions fail in `rate` of the attempts for so many minutes from `start` on."""

    start: int
    minutes: int = 20
    rate: float = 0.30


@dataclass(frozen=True)
class Faults:
    """`stable` is what the history shows; `candidate` is never below it; Lambda counts `silent` as successes.

    `bound`: a contact carries its fault, so each of its attempts meets the same: on both versions in the
    share `stable` of the contacts, on the candidate only in the share `candidate - stable`.
    `drift`: both fail so many times as often as the history shows.
    `begins`: the minute in which the candidate's own faults set in.
    """

    stable: float
    candidate: float
    silent: float = 0.0
    bound: bool = False
    drift: float = 1.0
    outage: Outage | None = None
    begins: int = 0

    def at(self, minute: int) -> Rates:
        """The rates in one minute of the release."""
        stable = self.stable * self.drift
        rates = Rates(stable, self.candidate * self.drift, self.silent)
        if minute < self.begins:
            rates = Rates(stable, stable, 0.0)
        if not self.outage or not 0 <= minute - self.outage.start < self.outage.minutes:
            return rates
        rate = self.outage.rate
        return Rates(max(rates.stable, rate), max(rates.candidate, rate), rates.silent)
