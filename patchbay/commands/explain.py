"""`patchbay explain`: what happened to a call, and why callers hear the error prompt."""

import time
import uuid
from typing import Annotated

import typer

from patchbay import environments, output
from patchbay.aws import Aws
from patchbay.commands.options import Json
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.explain import absent, as_data, show, show_recent, since
from patchbay.explain import contact as contacts
from patchbay.explain import recent as recently
from patchbay.live.model import Read

_CONTACT, _RECENT = "24h", "1h"
"""How far back each looks where nobody says."""


def command(
    env: Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")],
    contact: Annotated[
        str | None, typer.Argument(metavar="CONTACT_ID", help="A contact; `patchbay call` names its own.")
    ] = None,
    recent: Annotated[
        bool, typer.Option("--recent", help="Group the failures of a period by cause.")
    ] = False,
    since_: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="TIME", help="How far back: 10m, 2d. Default: 24h, 1h with --recent."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Explain one contact block by block, or the failures of a period.

    Reads the flow logs, the functions' logs and what Lambda says of the functions; changes nothing. Exits
    with 0 where it could explain, also a failure; with 1 where the contact is in no log or AWS refused.
    """
    if (contact is None) == (not recent):
        said = "both CONTACT_ID and --recent" if recent else "neither CONTACT_ID nor --recent"
        raise UserError(f"{said}: name a contact, or write --recent for the failures of a period")
    back = since_ or (_RECENT if recent else _CONTACT)
    start = time.time() - since.seconds(back)
    known = None if contact is None else _contact_id(contact)
    environment = environments.load(env)
    code = (
        _recent(environment, back, start, json)
        if known is None
        else _one(environment, known, back, start, json)
    )
    if code:
        raise typer.Exit(code)


def _one(environment: Environment, contact: str, back: str, start: float, json: bool) -> int:
    with output.step(f"reading the flow logs of environment {environment.name}, the last {back}") as report:
        found = contacts.explain(environment, Aws(environment), contact, back, start, time.time(), report)
    if isinstance(found, contacts.Path):
        output.data(as_data.path(found)) if json else show.path(found)
        return 0
    output.data(as_data.absent(found)) if json else show.absent(found)
    return 0 if found.unlogged.ran else 1


def _recent(environment: Environment, back: str, start: float, json: bool) -> int:
    aws = Aws(environment)
    with output.step(f"reading the failures of environment {environment.name}, the last {back}") as report:
        found = recently.recent(environment, aws, start, time.time(), report)
        attributes = {} if found.groups else absent.logging(aws, environment)
    off = [name for name, read in attributes.items() if isinstance(read, Read) and read.value is False]
    output.data(as_data.recent(found, back)) if json else show_recent.recent(found, back, off)
    return int(all(each.unread for each in found.searched))


def _contact_id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise UserError(
            f"{text!r} is not a contact id: write its UUID, as `patchbay call` and the flow log name it"
        ) from None
