"""START: no caller meets the candidate before its turn has come and its warm-up has gone well."""

from dataclasses import replace

from live_alias.progress import Phase
from release.counting import weighted
from release.evidence import History
from release.hands import before_callers
from release.leader import PROMOTED, Stand, stand
from release.outcome import Outcome
from release.patience import is_over, undecided, waits
from release.regained import regained
from release.settings import Lead, Settings
from release.state import State
from release.view import View
from release.volume import hopeless
from release.world import World
from release_rule.baseline import baseline
from release_rule.rule import begin as begin_tally
from release_rule.rule import first_weight

WARM_UPS = 3
"""In three steps."""


def begin(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises Unreadable, DecideAnewError, LiveAliasError."""
    now = world.now()
    if by_hand := before_callers(view, state, now):
        return by_hand
    if view.progress.paused:
        return Outcome((), replace(state, note="paused before the first caller"))
    if settings.lead and (not_yet := _turn(view, state, settings, settings.lead, world)):
        return not_yet
    if is_over(view, state, settings, now):
        return undecided(view, state, settings, now)
    return unfit(view, state, world) or _turn_has_come(view, state, settings, world)


def _turn_has_come(view: View, state: State, settings: Settings, world: World) -> Outcome:
    stable = view.stable or view.live.routing.version
    if state.fell or state.weight:
        return regained(view, state, stable, settings, world)
    # Before the warm-up, which is not to be repeated for want of an answer here.
    past = world.history(stable)
    if why := hopeless(past, settings):
        return _end(view, state, world.now(), Phase.STOP, why)
    if failure := world.warm_up(view.candidate):
        return _cold(view, state, world.now(), failure)
    return _first_callers(view, state, settings, world, past)


def _cold(view: View, state: State, now: float, failure: str) -> Outcome:
    again = tries_again(state, failure)
    return again or _end(view, state, now, Phase.BACK, f"warm-up: {failure}")


def tries_again(state: State, failure: str) -> Outcome | None:
    """None where the warm-up has failed often enough: a single failure may have passed by the next step."""
    warm_ups = state.warm_ups + 1
    if warm_ups >= WARM_UPS:
        return None
    return waits(replace(state, warm_ups=warm_ups), f"warm-up failed, {warm_ups} of {WARM_UPS}: {failure}")


def _turn(view: View, state: State, settings: Settings, lead: Lead, world: World) -> Outcome | None:
    """None where it is this Region's turn, or too late; the other Region's time to decide does not count."""
    leads, now = stand(world.leader(lead), view.record), world.now()
    if leads is Stand.JUDGED:
        return _end(view, state, now, Phase.BACK, f"judged bad in {lead.region}")
    if leads is Stand.STOPPED:
        return _end(view, state, now, Phase.STOP, f"ended without a verdict in {lead.region}")
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
    return None


def _first_callers(view: View, state: State, settings: Settings, world: World, past: History) -> Outcome:
    rate = past.calls_per_hour * settings.period_seconds / 3600
    weight = first_weight(rate)
    known = baseline(past.counts)
    fresh = replace(
        state,
        baseline=known,
        tally=begin_tally(known),
        calls_per_period=rate,
        errors=0,
        warm_ups=0,
        stuck=False,
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
    return Outcome(view.to_stable(phase, why), state.moved(now, phase, 0.0, why))
