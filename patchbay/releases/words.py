"""A release in words and short numbers."""

from live_alias.progress import Phase, Progress

FORGOTTEN = "split, no release"
NOTHING = "no release"
_PHASES = {
    Phase.START: "before the first caller",
    Phase.SHIFT: "shifting",
    Phase.WATCH: "promoted, watched",
    Phase.DONE: "promoted",
    Phase.BACK: "rolled back",
    Phase.STOP: "ended without verdict",
}


def phase(progress: Progress, follows: str | None = None) -> str:
    """`follows`: the Region whose verdict is waited for."""
    words = _PHASES[progress.phase]
    if progress.phase is Phase.START and follows:
        words = f"waits for {follows}"
    return f"{words}, paused" if progress.paused else words


def percent(share: float) -> str:
    """A share of 0 to 1."""
    return f"{share * 100 + 0.0:.3g} %"  # never -0


def duration(seconds: float) -> str:
    """In two units at most: `3 min`, `2 h 5 min`, `3 d 4 h`."""
    if seconds < 60:
        return f"{max(0, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def hours(value: float) -> str:
    """A number of hours."""
    return duration(value * 3600)


def number(value: float) -> str:
    """Three digits are enough for a volume."""
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def contacts(count: int) -> str:
    """`1 contact`, `2 contacts`."""
    return f"{count} contact" if count == 1 else f"{count} contacts"
