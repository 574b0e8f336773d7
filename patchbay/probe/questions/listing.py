"""What ListLambdaFunctions shows of the throw-away function."""

from patchbay.probe.answers import NotAskedError
from patchbay.probe.bench import PLAIN, Bench

LISTINGS = 3
"""Looks, at most, until the list shows what was associated: it may lag behind."""
PAUSE_SECONDS = 2.0


def shown(bench: Bench, arn: str) -> tuple[bool, list[str]]:
    """Whether this ARN is listed, and what else of the same Region's function is. Raises ClientError."""
    unqualified = arn.rpartition(":")[0]
    own: list[str] = []
    for look in range(LISTINGS):
        if look:
            bench.clock.sleep(PAUSE_SECONDS)
        own = [one for one in bench.associations.own() if one.startswith(unqualified)]
        if arn in own:
            return True, own
    return False, own


def associated(bench: Bench) -> str:
    """The alias ARN of the instance's Region, where it is associated. Raises NotAskedError where not."""
    bench.needs(bench.associations)
    arn = f"{bench.home.arn}:{PLAIN}"
    if arn not in bench.associations.own():
        raise NotAskedError("the alias is not associated: see the question qualified-arn")
    return arn
