"""Makes what the questions are asked with; what cannot be made closes the questions that need it."""

from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError

from patchbay.probe.answers import NotAskedError
from patchbay.probe.bench import PLAIN, SPLIT, ZERO, Bench
from patchbay.probe.things import Thing
from patchbay.refusals import why

WEIGHT = 0.5


def make(bench: Bench) -> None:
    """The role, then log group and function in each Region. Raises nothing that AWS answers."""
    roles: list[str] = []
    _close_on_failure(bench, bench.role, lambda: roles.append(bench.role.make()))
    for region in bench.site.regions:
        _close_on_failure(bench, bench.functions[region], lambda: _make_function(bench, region, roles))  # noqa: B023


def _make_function(bench: Bench, region: str, roles: list[str]) -> None:
    function = bench.functions[region]
    bench.needs(function)
    bench.needs(bench.role)
    bench.needs(bench.log_groups[region])
    bench.report(f"log group and function in {region}")
    bench.log_groups[region].make()
    function.make(roles[0])
    if region == bench.site.arn.region:
        _split(bench)
    else:
        function.lead(PLAIN, function.publish("stable"))
    function.allow_connect(PLAIN)


def _split(bench: Bench) -> None:
    function = bench.home
    bench.stable, bench.candidate = function.publish("stable"), function.publish("candidate")
    bench.report("aliases")
    function.lead(PLAIN, bench.stable)
    function.lead(SPLIT, bench.stable, {bench.candidate: WEIGHT})
    # Made without weights: whether 0 is one, is a question.
    function.lead(ZERO, bench.stable)


def _close_on_failure(bench: Bench, thing: Thing, call: Callable[[], object]) -> None:
    try:
        bench.needs(thing)
        call()
    except NotAskedError as reason:
        bench.close(thing, str(reason))
    except (ClientError, BotoCoreError) as error:
        bench.close(thing, f"{thing.label} could not be made: {why(error)}")
