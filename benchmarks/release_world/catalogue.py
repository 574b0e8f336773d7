"""The rules by name."""

from collections.abc import Callable
from functools import partial
from random import Random

from benchmarks.release_world.chance import poisson
from benchmarks.release_world.rules.all_at_once import AllAtOnce
from benchmarks.release_world.rules.argo import Argo
from benchmarks.release_world.rules.base import Rule
from benchmarks.release_world.rules.codedeploy import (
    CodeDeploy,
    any_error,
    canary,
    error_rate,
    linear,
    of_alias,
    of_candidate,
)
from benchmarks.release_world.rules.flagger import Flagger
from benchmarks.release_world.rules.ours import Ours
from benchmarks.release_world.rules.sprt import PlainSprt
from release.history import ENOUGH_CONTACTS, HOURS
from release_rule.counts import Counts

Make = Callable[[Random, float, float], Rule]
"""From the calls an hour and the stable version's failure rate in the past."""


def _peer(make: Callable[[Random], Rule]) -> Make:
    return lambda random, _calls, _rate: make(random)


def _ours(random: Random, calls: float, rate: float, *, watched: bool) -> Rule:
    return Ours(random, _history(random, calls, rate), watched)


def _history(random: Random, calls: float, rate: float) -> Counts:
    """The shortest window with enough contacts, as the controller reads it."""
    hours = next((hours for hours in HOURS if calls * hours >= ENOUGH_CONTACTS), HOURS[-1])
    seen = poisson(calls * hours, random)
    return Counts(seen, min(poisson(calls * hours * rate, random), seen))


RULES: dict[str, Make] = {
    "1a CodeDeploy canary 5 min, any error, alias": _peer(
        lambda random: CodeDeploy(random, canary(5), any_error(of_alias))
    ),
    "1b CodeDeploy canary 5 min, any error, candidate": _peer(
        lambda random: CodeDeploy(random, canary(5), any_error(of_candidate))
    ),
    "2b CodeDeploy canary 5 min, error rate, candidate": _peer(
        lambda random: CodeDeploy(random, canary(5), error_rate(of_candidate))
    ),
    "3a CodeDeploy canary 30 min, error rate, alias": _peer(
        lambda random: CodeDeploy(random, canary(30), error_rate(of_alias))
    ),
    "3b CodeDeploy canary 30 min, error rate, candidate": _peer(
        lambda random: CodeDeploy(random, canary(30), error_rate(of_candidate))
    ),
    "4a CodeDeploy linear 10 min, error rate, alias": _peer(
        lambda random: CodeDeploy(random, linear(), error_rate(of_alias))
    ),
    "4b CodeDeploy linear 10 min, error rate, candidate": _peer(
        lambda random: CodeDeploy(random, linear(), error_rate(of_candidate))
    ),
    "5b Flagger": _peer(Flagger),
    "6a Argo, no data pauses": _peer(lambda random: Argo(random, guarded=False)),
    "6b Argo, no data is a success": _peer(lambda random: Argo(random, guarded=True)),
    "7 all at once": _peer(AllAtOnce),
    "8c plain SPRT on attempts": _peer(PlainSprt),
    "9 Patchbay without watch": partial(_ours, watched=False),
    "9w Patchbay": partial(_ours, watched=True),
}


def chosen(names: list[str]) -> list[str]:
    """The rules whose names begin with one of `names`; KeyError with the names if one fits none."""
    for name in names:
        if not any(rule.split()[0] == name for rule in RULES):
            raise KeyError(f"no rule {name!r}; there are {', '.join(rule.split()[0] for rule in RULES)}")
    return [rule for rule in RULES if not names or rule.split()[0] in names]
