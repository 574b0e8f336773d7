"""What a rule has to deal with, by name."""

from collections.abc import Iterable
from itertools import product

from benchmarks.release_world.faults import Faults
from benchmarks.release_world.measures import Cell

CANDIDATES = (0.05, 0.10, 0.25, 0.50, 1.00)
SILENT = (0.10, 0.25, 0.50, 1.00)
LATE = (0.10, 0.25, 1.00)
LATE_FROM = 600
DRIFT = 3.0


def scenarios(stable: float) -> dict[str, Faults]:
    """Fault kinds at a `stable` rate, but for the outages, which depend on the rule."""
    good = {
        "good": Faults(stable, stable),
        "good bound": Faults(stable, stable, bound=True),
        "drift": Faults(stable, stable, drift=DRIFT),
    }
    loud = {f"loud {rate:.0%}": Faults(stable, rate) for rate in CANDIDATES}
    bound = {f"bound {rate:.0%}": Faults(stable, rate, bound=True) for rate in CANDIDATES}
    silent = {f"silent {rate:.0%}": Faults(stable, stable, rate) for rate in SILENT}
    late = {f"late {rate:.0%}": Faults(stable, stable, rate, begins=LATE_FROM) for rate in LATE}
    return {**good, **loud, **bound, **silent, **late}


def cells(
    traffic: str, calls: Iterable[float], stables: Iterable[float]
) -> dict[tuple[float, float, str], Cell]:
    """By calls an hour, stable rate and scenario."""
    made: dict[tuple[float, float, str], Cell] = {}
    for hourly, stable in product(calls, stables):
        for name, faults in scenarios(stable).items():
            made[hourly, stable, name] = Cell(traffic, hourly, faults)
        for name, bound in (("outage", False), ("outage bound", True)):
            made[hourly, stable, name] = Cell(
                traffic, hourly, Faults(stable, stable, bound=bound), outage=True
            )
    return made
