"""One minute of a release, read the way a step reads it."""

from release.evidence import Reading
from release.reading import read
from tests.stacks.kit.release.services import NOON
from tests.stacks.kit.release.telemetry import Telemetry

SINCE, UNTIL = NOON - 180, NOON - 120
AT = SINCE + 10


def reading(telemetry: Telemetry, since: float = SINCE, until: float = UNTIL, source: str = "") -> Reading:
    """Of versions 8, the candidate, and 7, the stable one."""
    return read(telemetry.clients(), telemetry.window(since, until, source=source))


def told(found: Reading) -> list[tuple[str, bool]]:
    """Version, and whether it failed."""
    return [(sample.version, sample.failed) for sample in found.samples]
