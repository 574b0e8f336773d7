"""START: no caller meets the candidate before its turn has come and its warm-up has gone well."""

from dataclasses import replace

from live_alias.progress import ENDS, Phase
from live_alias.record import Record
from release.counting import weighted
from release.evidence import History
from release.outcome import Outcome
from release.patience import is_over, undecided, waits
from release.settings import Settings
from release.state import State
from release.view import View
from release.world import World
from release_rule.baseline import baseline
from release_rule.rule import begin as begin_tally
from release_rule.rule import first_weight

PROMOTED = frozenset({Phase.WATCH, Phase.DONE})


def begin(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises Unreadable, DecideAnewError, LiveAliasError."""
    now = world.now()
    if view.progress.paused:
        return waits(state, "paused before the first caller")
    if is_over(view, state, settings, now):
        return undecided(view, state, settings, now)
    if settings.lead:
        record = world.leader(settings.lead)
        if rejects(record, view.record):
            return _end(view, state, now, Phase.BACK, f"judged bad in {settings.lead.region}")
        if not has_promoted(record, view.record):
            return waits(state, f"waits until {settings.lead.region} has promoted it")
    # Before the warm-up, which is not to be repeated for want of an answer here.
    past = world.history(view.stable) if view.stable else None
    end = unfit(view, state, world)
    if end is not None or past is None:
        return end or waits(state, "there is no stable version")
    return _first_callers(view, state, settings, world, past)


def unfit(view: View, state: State, world: World) -> Outcome | None:
    """The end of a release whose candidate cannot, or must not, meet a caller."""
    now, stable = world.now(), view.stable
    if view.candidate not in view.versions:
        return _end(view, state, now, Phase.STOP, f"version {view.candidate} is not there any more")
    if stable is None:
        return _end(view, state, now, Phase.STOP, "there is no stable version to compare with")
    if obstacle := world.obstacle(view.candidate, stable):
        return _end(view, state, now, Phase.STOP, obstacle)
    if failure := world.warm_up(view.candidate):
        return _end(view, state, now, Phase.BACK, f"warm-up: {failure}")
    return None


def _first_callers(view: View, state: State, settings: Settings, world: World, past: History) -> Outcome:
    rate = past.calls_per_hour * settings.period_seconds / 3600
    weight = first_weight(rate)
    known = baseline(past.counts)
    fresh = replace(
        state, baseline=known, tally=begin_tally(known), calls_per_period=rate, errors=0, stuck=False
    )
    now = world.now()
    why = f"first callers; stable fails {known.rate:.1%} of {known.contacts} contacts"
    # What an interrupted release counted before is forgotten: it begins anew.
    fresh = weighted(replace(fresh, stretches=(), cursor=now, began=now), weight, now, settings)
    return Outcome(view.split(weight), fresh.moved(now, Phase.SHIFT, weight, why))


def rejects(leader: Record | None, ours: Record) -> bool:
    """Whether the leading Region judged the same candidate bad."""
    return leader is not None and leader.rejects(ours.fingerprint)


def has_promoted(leader: Record | None, ours: Record) -> bool:
    """Whether the leading Region has moved all callers to the same candidate; all-at-once leaves no progress."""
    if leader is None or leader.fingerprint != ours.fingerprint:
        return False
    return leader.progress is None or leader.progress.phase in PROMOTED


def _end(view: View, state: State, now: float, phase: Phase, why: str) -> Outcome:
    assert phase in ENDS
    return Outcome(view.to_stable(phase, why), state.moved(now, phase, 0.0, why))
