"""What `status` prints. Pure."""

from collections.abc import Sequence

from patchbay import output
from patchbay.releases import words
from patchbay.releases.standing import Standing

COLUMNS = ("function", "Region", "release", "weight", "candidate", "stable", "began", "why")
_NOTHING = "-"


def show(standings: Sequence[Standing], now: float) -> None:
    """The table, and below it what an operator should do about a split that nobody works on."""
    output.table(COLUMNS, [_cells(standing, now) for standing in standings])
    for standing in standings:
        if standing.advice:
            output.line(standing.advice, "yellow")


def _cells(standing: Standing, now: float) -> tuple[str, ...]:
    place = (standing.site.function.name, standing.site.region, standing.phase)
    progress = standing.progress
    if progress is None:
        return *place, _NOTHING, _NOTHING, _carrying(standing), _NOTHING, _NOTHING
    return (
        *place,
        words.percent(standing.weight),
        standing.candidate or _NOTHING,
        standing.stable or _NOTHING,
        f"{words.duration(now - progress.at)} ago",
        progress.why or _NOTHING,
    )


def _carrying(standing: Standing) -> str:
    """Without a release, the version that carries the calls is the stable one."""
    shares = standing.routing.shares
    if len(shares) == 1:
        return standing.routing.version
    return " and ".join(f"{version} ({words.percent(share)})" for version, share in shares.items())
