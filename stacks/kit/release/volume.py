"""Whether a release can be expected to end in time, at the calls that the function gets. Pure."""

from release.evidence import History
from release.settings import Settings
from release_rule.baseline import FEWEST_CONTACTS, baseline
from release_rule.forecast import forecast

HOURS_OF_HISTORY = 168
"""It goes back no further."""


def hopeless(past: History, settings: Settings) -> str:
    """Why it would end undecided, the first 48 characters for the record; "" where it may end in time.

    A history of few contacts says too little to refuse a release on.
    """
    if settings.force or past.counts.seen < FEWEST_CONTACTS or not past.calls_per_hour:
        return ""
    # A release at night is one of the day, too: this is the least that the week had on average.
    rate = max(past.calls_per_hour, past.counts.seen / HOURS_OF_HISTORY)
    found = forecast(baseline(past.counts), rate, settings.period_seconds)
    if found.hours is None or found.hours <= settings.max_hours:
        return ""
    short = f"would take {found.hours:.3g} h, max_hours is {settings.max_hours:g}"
    needs = f"{found.contacts} contacts on the candidate, at {rate:.3g} calls an hour"
    return f"{short}: it needs {needs}; raise max_hours, or begin it with `release start --force`"
