"""`patchbay local callers`: contacts that reach one function, so that a release there has evidence."""

import time
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from patchbay import calls, output
from patchbay.commands.options import pairs
from patchbay.errors import UserError
from patchbay.local.traffic import Contact, Traffic
from patchbay.simulator.verdicts import Outcome

_DEFAULT_ADDRESSES = ("+14165550011", "+14165550022", "+14165550199")
_NEWS_SECONDS = 5.0


def command(
    function: Annotated[str, typer.Argument(metavar="FUNCTION", help="A function of the environment.")],
    env: Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")] = "local",
    from_: Annotated[list[str] | None, typer.Option("--from", help="A caller; may be repeated.")] = None,
    parameter: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A function input parameter.")
    ] = None,
    per_second: Annotated[float, typer.Option(min=0.01, max=50, help="At most so many callers.")] = 5.0,
    seconds: Annotated[float | None, typer.Option(min=0, help="How long; default: until Ctrl-C.")] = None,
) -> None:
    """Have callers reach a function of the embedded AWS, one after the other.

    Each is an Invoke block as a flow would run it; who hears the error prompt is counted.
    """
    line = calls.line(env, None)
    if not line.aws.embedded:
        raise UserError(
            f"environment {env} is on a real account: callers are made up on the embedded AWS alone"
        )
    addresses = tuple(from_ or _DEFAULT_ADDRESSES)
    parameters = pairs(parameter or (), "--parameter")
    for address in addresses:  # a wrong one is to be told now, and not in the thread
        line.block(function, calls.Caller(address=address), parameters)
    deadline = float("inf") if seconds is None else time.monotonic() + seconds
    with Traffic(line, function, addresses, parameters, 1 / per_second) as traffic:
        try:
            _tell_until(deadline, traffic)
        finally:
            output.table(
                ("version of the first attempt", "contacts", "heard the error prompt"), rows(traffic.contacts)
            )


def _tell_until(deadline: float, traffic: Traffic) -> None:
    output.note("Ctrl-C ends it")
    while (left := deadline - time.monotonic()) > 0:
        time.sleep(min(_NEWS_SECONDS, left))
        output.note(f"{len(traffic.contacts)} contacts, {traffic.failed()} heard the error prompt")
        traffic.check()


def rows(contacts: Sequence[Contact]) -> list[tuple[str, str, str]]:
    """Contacts by the version that they met first."""
    met = Counter(contact.version or "none" for contact in contacts)
    lost = Counter(c.version or "none" for c in contacts if c.outcome is not Outcome.SUCCESS)
    return [(version, str(met[version]), str(lost[version])) for version in sorted(met)]
