"""The figures as tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.release_world.measures import Measured
from benchmarks.release_world.scenarios import CANDIDATES, LATE, SILENT

Figures = Mapping[tuple[str, float, float, str], Measured]
"""By rule, calls an hour, stable rate and scenario."""

Row = Callable[[str], Measured]


@dataclass(frozen=True)
class Table:
    """Ready to print."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(kind: str, figures: Figures, rules: Sequence[str]) -> list[Table]:
    """One for each volume and stable rate; a single rule has one for all of them. `kind` is one of KINDS."""
    settings = sorted({(calls, stable) for _, calls, stable, _ in figures})
    if len(rules) == 1:
        rows = [[_setting(*setting), *_row(kind, figures, rules[0], *setting)] for setting in settings]
        return [Table(f"{kind}, {rules[0]}", ("traffic", *KINDS[kind]), rows)]
    return [
        Table(
            f"{kind}, {_setting(*setting)}",
            ("rule", *KINDS[kind]),
            [[rule, *_row(kind, figures, rule, *setting)] for rule in rules],
        )
        for setting in settings
    ]


def _setting(calls: float, stable: float) -> str:
    return f"{calls:g} calls an hour, stable {stable:.1%}"


def _row(kind: str, figures: Figures, rule: str, calls: float, stable: float) -> list[str]:
    columns = KINDS[kind].values()
    return [column(lambda name: figures[rule, calls, stable, name]) for column in columns]


def share(value: float) -> str:
    """In %; 100 only if it is all of them."""
    percent = 100 * value
    if percent >= 99 and value < 1:
        return f"{min(percent, 99.99):.2f}"
    return f"{percent:.0f}" if percent >= 10 or not value else f"{percent:.2g}"


def mean(value: float) -> str:
    """Two digits after the point where they matter."""
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def hours(value: float | None) -> str:
    """None: most took no decision within the day."""
    return ">24" if value is None else f"{value:.2f}"


def _all(names: Sequence[str], of: Callable[[Measured], str]) -> Callable[[Row], str]:
    return lambda row: " / ".join(of(row(name)) for name in names)


def _percents(rates: Sequence[float]) -> str:
    return " / ".join(f"{100 * rate:g}" for rate in rates) + " %"


def _loud(kind: str, rates: Sequence[float]) -> list[str]:
    return [f"{kind} {rate:.0%}" for rate in rates]


def _rolled_back(result: Measured) -> str:
    return share(result.rolled_back)


def _stuck(result: Measured) -> str:
    return share(result.stuck)


def _harmed(result: Measured) -> str:
    return mean(result.harmed)


def _failed(result: Measured) -> str:
    return mean(result.failed)


def _hours(result: Measured) -> str:
    return hours(result.hours)


KINDS: dict[str, dict[str, Callable[[Row], str]]] = {
    "false": {
        "good rolled back %": _all(["good"], _rolled_back),
        "contact-bound": _all(["good bound"], _rolled_back),
        "outage / bound": _all(["outage", "outage bound"], _rolled_back),
        "drift": _all(["drift"], _rolled_back),
        "undecided: good / outage / drift": _all(["good", "outage", "drift"], _stuck),
        "hours: good / bound / outage": _all(["good", "good bound", "outage"], _hours),
    },
    "missed": {
        f"rolled back %: loud {_percents(CANDIDATES)}": _all(_loud("loud", CANDIDATES), _rolled_back),
        "bound": _all(_loud("bound", CANDIDATES), _rolled_back),
        f"silent {_percents(SILENT)}": _all(_loud("silent", SILENT), _rolled_back),
        f"late {_percents(LATE)}": _all(_loud("late", LATE), _rolled_back),
        "undecided: loud": _all(_loud("loud", CANDIDATES), _stuck),
    },
    "harm": {
        f"harmed contacts: loud {_percents(CANDIDATES)}": _all(_loud("loud", CANDIDATES), _harmed),
        "bound": _all(_loud("bound", CANDIDATES), _harmed),
        f"silent {_percents(SILENT)}": _all(_loud("silent", SILENT), _harmed),
        f"late {_percents(LATE)}": _all(_loud("late", LATE), _harmed),
    },
    "failed": {
        f"failed invocations: loud {_percents(CANDIDATES)}": _all(_loud("loud", CANDIDATES), _failed),
        "bound": _all(_loud("bound", CANDIDATES), _failed),
        f"hours: good, loud {_percents(CANDIDATES)}": _all(["good", *_loud("loud", CANDIDATES)], _hours),
    },
}


def needed(kinds: Sequence[str]) -> set[str]:
    """The scenarios that the tables of `kinds` show."""
    names: set[str] = set()

    def remember(name: str) -> Measured:
        names.add(name)
        return _NOTHING

    for kind in kinds:
        for column in KINDS[kind].values():
            column(remember)
    return names


_NOTHING = Measured(0, 0.0, 0.0, 0.0, 0.0, 0.0, None)
