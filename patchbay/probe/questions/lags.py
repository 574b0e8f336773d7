"""What the release controller's settle_seconds stands on: evidence this old is complete."""

from patchbay.probe.answers import Answer
from patchbay.probe.arrivals import Seen
from release.settings import Settings

SETTLE_SECONDS = round(Settings.settle_seconds)
"""How much of the newest time the controller leaves out by default."""


def judged(what: str, seen: Seen, waited: float, poll: float) -> Answer:
    """Whether all of `seen` was readable in time; raises the refusal where AWS denied the look."""
    if seen.refused:
        raise seen.refused
    lags = sorted(seen.lags.values())
    count = f"{len(lags)} of {len(seen.wanted)} {what}"
    if seen.missing and waited < SETTLE_SECONDS:
        return Answer.unknown(
            "not all came", f"{count} within {waited:.0f} s, and {SETTLE_SECONDS} s were not waited"
        )
    if seen.missing:
        return Answer.no(f"more than {waited:.0f} s", f"{count} were readable by then: {_some(seen.missing)}")
    text = f"{lags[-1]:.0f} s at most" if lags[-1] >= 1 else "less than a second"
    evidence = f"{count}, half after {lags[len(lags) // 2]:.1f} s; looked every {poll:g} s"
    return (Answer.yes if lags[-1] <= SETTLE_SECONDS else Answer.no)(text, evidence)


def _some(missing: list[str]) -> str:
    more = f" and {len(missing) - 2} more" if len(missing) > 2 else ""
    return f"without {', '.join(missing[:2])}{more}"
