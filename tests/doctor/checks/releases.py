"""Releases on the tutorial's alias: version 2 in place of version 1."""

from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from live_alias.routing import Routing
from patchbay.doctor.model import Scene
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.scenes import TUTORIAL

AT = 1_700_000_000
RUN = f"patchbay-local-tutorial-v2-{AT}-1"


def released(
    phase: Phase | None,
    *,
    running: tuple[str, ...] = (RUN,),
    versions: tuple[str, ...] = ("1", "2"),
    previous: str | None = "1",
    paused: bool = False,
) -> Scene:
    """Callers are where the phase has them; `previous`: what that alias names."""
    progress = Progress(phase, AT, paused, "somebody said so") if phase else None
    record = Record("0wner000", "f" * 16, (Release("2", Routing("1")),), progress=progress)
    version, weights = _routing(phase)
    scene = scenes.with_function(scenes.healthy(), TUTORIAL, versions=Read(versions))
    scene = scenes.with_alias(
        scene, TUTORIAL, version=version, weights=weights, description=record.description()
    )
    if previous:
        scene = scenes.with_alias(scene, TUTORIAL, "previous", version=previous, weights={}, description="")
    return scenes.with_region(scene, TUTORIAL[1], running=Read(running))


def _routing(phase: Phase | None) -> tuple[str, dict[str, float]]:
    if phase is Phase.SHIFT:
        return "1", {"2": 0.1}
    return ("2" if phase in (None, Phase.WATCH, Phase.DONE) else "1"), {}
