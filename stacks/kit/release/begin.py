"""START: no caller meets the candidate before its turn has come and its warm-up has gone well."""

from dataclasses import replace

from live_alias.progress import ENDS, Phase
from release.counting import weighted
from release.evidence import History
from release.hands import before_callers
from release.leader import PROMOTED, Stand, stand
from release.outcome import Outcome
from release.patience import is_over, undecided, waits
from release.settings import Lead, Settings
from release.state import State
from release.view import View
from release.world import World
from release_rule.baseline import baseline
from release_rule.rule import begin as begin_tally
from release_rule.rule import first_weight


def begin(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises Unreadable, DecideAnewError, LiveAliasError."""
    now = world.now()
    if by_hand := before_callers(view, state, now):
        return by_hand
    if view.progress.paused:
        return waits(state, "paused before the first caller")
    if settings.lead and (not_yet := _turn(view, state, settings, settings.lead, world)):
        return not_yet
    if is_over(view, state, settings, now):
        return undecided(view, state, settings, now)
    # Before the warm-up, which is not to be repeated for want of an answer here.
    past = world.history(view.stable) if view.stable else None
    end = unfit(view, state, world)
    if end is not None or past is None:
        return end or waits(state, "there is no stable version")
    return _first_callers(view, state, settings, world, past)


def _turn(view: View, state: State, settings: Settings, lead: Lead, world: World) -> Outcome | None:
    """None where it is this Region's turn, or too late; the other Region's time to decide does not count."""
    leads, now = stand(world.leader(lead), view.record), world.now()
    if leads is Stand.JUDGED:
        return _end(view, state, now, Phase.BACK, f"judged bad in {lead.region}")
    if leads is Stand.DECIDING:
        state = replace(state, began=now, paused_seconds=0.0)
    if leads in PROMOTED or is_over(view, state, settings, now):
        return None
    return waits(state, f"waits until {lead.region} has promoted it")


def unfit(view: View, state: State, world: World) -> Outcome | None:
    """The end of a release whose candidate cannot, or must not, meet a caller."""
    now, stable = world.now(), view.stable
    if view.candidate not in view.versions:
        return _end(view, state, now, Phase.STOP, f"version {view.candidate} is not there any more")
    if stable is None:
        return _end(view, state, now, Phase.STOP, "there is no stable version to compare with")
    if not stable.isdecimal():
        return _end(view, state, now, Phase.STOP, f"callers are on {stable}, which cannot share an alias")
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
    reason = f"{view.progress.why}; " if view.progress.why else ""
    why = f"{reason}first callers; stable is taken to fail {known.rate:.1%} ({known.contacts} contacts)"
    # What an interrupted release counted before is forgotten: it begins anew.
    fresh = replace(fresh, stretches=(), cursor=now)
    if not state.began:
        fresh = replace(fresh, began=now, paused_seconds=0.0)
    fresh = weighted(fresh, weight, now, settings)
    return Outcome(view.split(weight, view.progress.why), fresh.moved(now, Phase.SHIFT, weight, why))


def _end(view: View, state: State, now: float, phase: Phase, why: str) -> Outcome:
    assert phase in ENDS
    return Outcome(view.to_stable(phase, why), state.moved(now, phase, 0.0, why))
