"""What `watch` shows of one site, as rows of styled pieces. Pure."""

import time
from collections.abc import Iterator, Sequence

from live_alias.progress import ENDS, Phase
from patchbay.output import Row
from patchbay.releases import words
from patchbay.releases.expect import seconds_left
from patchbay.releases.sight import Sight
from release.state import State
from release_rule.counts import Counts

_LABEL = 22
_BAR = (10, 30)
_BESIDE = 56
"""What a bar leaves to its label and its words."""
_STYLES = {Phase.BACK: "red", Phase.STOP: "yellow", Phase.WATCH: "green", Phase.DONE: "green"}


def rows(sight: Sight, followers: Sequence[Sight], now: float, width: int) -> Iterator[Row]:
    """One leading site with those that follow it; `now` in epoch seconds, `width` in columns."""
    yield _head(sight)
    yield _row(*_versions(sight, now))
    if sight.progress is not None and sight.progress.phase not in ENDS:
        yield from _evidence(sight, now, width)
    if sight.missing:
        yield _row("", (sight.missing, "yellow"))
    for follower in followers:
        yield _row(follower.standing.site.region, (_following(follower), "dim"))


def _head(sight: Sight) -> Row:
    standing, progress = sight.standing, sight.progress
    style = ""
    if progress is not None:
        style = "yellow" if progress.paused else _STYLES.get(progress.phase, "cyan")
    return [(f"{standing.site.label}  ", "bold"), (standing.phase, style)]


def _versions(sight: Sight, now: float) -> tuple[str, tuple[str, str]]:
    standing, progress = sight.standing, sight.progress
    if progress is None:
        return "callers are on", (str(standing.routing), "")
    since = words.duration(now - progress.at)
    return f"version {standing.candidate}", (
        f"in place of version {standing.stable}, began {since} ago",
        "",
    )


def _evidence(sight: Sight, now: float, width: int) -> Iterator[Row]:
    standing, state = sight.standing, sight.state
    room = max(_BAR[0], min(_BAR[1], width - _BESIDE))
    yield _row(
        "its share of calls",
        (_bar(standing.weight, room), "cyan"),
        (f" {words.percent(standing.weight)}", ""),
    )
    if state is not None:
        yield from _counted(sight, state)
        yield from _tests(sight, room)
        yield from _time(sight, state, now)
    if sight.note:
        yield _row("last step", (sight.note, "red" if state and state.stuck else ""))


def _counted(sight: Sight, state: State) -> Iterator[Row]:
    standing = sight.standing
    if sight.progress and sight.progress.phase is Phase.WATCH:
        yield _row("since the promotion", _counts(state.watched))
    elif state.candidate.seen + state.stable.seen:
        yield _row("its contacts", _counts(state.candidate))
        yield _row(f"version {standing.stable}'s contacts", _counts(state.stable))


def _counts(counts: Counts) -> tuple[str, str]:
    share = f" ({words.percent(counts.failed / counts.seen)})" if counts.failed else ""
    return f"{words.contacts(counts.seen)}, {counts.failed} failed{share}", "red" if counts.failed else ""


def _tests(sight: Sight, room: int) -> Iterator[Row]:
    bounds = sight.bounds
    if bounds is None:
        return
    needed = "" if bounds.passed >= 1 else f", {words.contacts(bounds.needed)} to go"
    tests = (
        ("good enough", bounds.passed, "green", needed),
        ("worse than history", bounds.worse_than_history, "red", ""),
        (f"worse than version {sight.standing.stable}", bounds.worse_than_stable, "red", ""),
    )
    for label, share, style, more in tests:
        yield _row(label, (_bar(share, room), style), (f" {share * 100 + 0.0:.0f} %{more}", ""))


def _time(sight: Sight, state: State, now: float) -> Iterator[Row]:
    execution, progress = sight.execution, sight.progress
    if execution is None or execution.settings is None or progress is None:
        return
    left = seconds_left(progress, state, execution.settings, now)
    if left is not None:
        until = "of the watch" if progress.phase is Phase.WATCH else "if nothing fails"
        yield _row("time left", (f"about {words.duration(left)} {until}", ""), (_volume(state, sight), "dim"))


def _volume(state: State, sight: Sight) -> str:
    execution = sight.execution
    if not state.calls_per_period or execution is None or execution.settings is None:
        return ""
    hourly = state.calls_per_period * 3600 / execution.settings.period_seconds
    return f", at {words.number(hourly)} calls an hour"


def _following(sight: Sight) -> str:
    why = f": {sight.note}" if sight.note else ""
    weight = f", {words.percent(sight.standing.weight)} of its calls" if sight.standing.progress else ""
    return f"{sight.standing.phase}{weight}{why}"


def _row(label: str, *pieces: tuple[str, str]) -> Row:
    return [(f"  {label:<{_LABEL}} ", "dim"), *pieces]


def _bar(share: float, room: int) -> str:
    full = round(min(max(share, 0.0), 1.0) * room)
    return "█" * full + "░" * (room - full)


def line(sight: Sight, now: float) -> str:
    """All of it in one line, where there is no terminal to draw on."""
    standing, state, bounds = sight.standing, sight.state, sight.bounds
    clock = time.strftime("%H:%M:%S", time.localtime(now))
    parts = [f"{clock}  {standing.site.label}: {standing.phase}"]
    if sight.progress is not None:
        parts.append(f"version {standing.candidate} gets {words.percent(standing.weight)} of the calls")
    if state is not None and state.candidate.seen:
        parts.append(_pair(state))
    if bounds is not None:
        parts.append(f"{words.percent(bounds.passed)} of a pass, {bounds.needed} more contacts")
    note = sight.missing or sight.note
    is_said = state is not None and note.endswith(_pair(state))
    return ", ".join(parts) + (f" ({note})" if note and not is_said else "")


def _pair(state: State) -> str:
    ours, theirs = state.candidate, state.stable
    return f"failed {ours.failed} of {ours.seen}, stable {theirs.failed} of {theirs.seen}"
