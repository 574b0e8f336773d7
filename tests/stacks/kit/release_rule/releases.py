"""Many simulated releases of one kind, small and seeded, contact by contact."""

from random import Random

from release_rule.baseline import Baseline
from release_rule.counts import Counts, Period
from release_rule.rule import Verdict, begin, fold, judge, retreat, weight

FAILED, CLEAN, NONE = Counts(1, 1), Counts(1, 0), Counts()
CALLS_PER_PERIOD = 2.0
MOST_CALLS = 3000


def ends(
    start: Baseline, stable: float, candidate: float, outage: tuple[int, int] = (0, 0), runs: int = 300
) -> list[Verdict]:
    """How `runs` releases end; both versions fail 30 % from one call of `outage` to the other."""
    random = Random(1)
    return [_release(start, stable, candidate, outage, random) for _ in range(runs)]


def _release(
    start: Baseline, stable: float, candidate: float, outage: tuple[int, int], random: Random
) -> Verdict:
    tally, share = begin(start), 0.0
    for call in range(MOST_CALLS):
        share = weight(tally, CALLS_PER_PERIOD, share)
        common = 0.3 if outage[0] <= call < outage[1] else 0.0
        on_candidate = random.random() < share
        failed = random.random() < max(candidate if on_candidate else stable, common)
        met = FAILED if failed else CLEAN
        tally = fold(tally, Period(share, met if on_candidate else NONE, NONE if on_candidate else met))
        verdict = judge(tally)
        if verdict is Verdict.RETREAT:
            tally, share = retreat(tally), 0.0
        elif verdict is not Verdict.CONTINUE:
            return verdict
    return Verdict.CONTINUE


def share_of(verdict: Verdict, ended: list[Verdict]) -> float:
    """From 0 to 1."""
    return ended.count(verdict) / len(ended)
