"""Options that several commands share, and how their values are read."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from patchbay.errors import UserError


class Channel(StrEnum):
    """How the contact comes in."""

    VOICE = "VOICE"
    CHAT = "CHAT"
    TASK = "TASK"
    EMAIL = "EMAIL"


Env = Annotated[str | None, typer.Option("--env", help="The environment: environments/NAME.toml.")]
Address = Annotated[
    str | None, typer.Option("--from", help="The caller: +14165550199, or an e-mail address.")
]
ChannelOption = Annotated[Channel, typer.Option("--channel", help="How the contact comes in.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")]
Effects = Annotated[
    bool, typer.Option("--allow-effects", help="On a real account, run functions that change something, too.")
]


_EXAMPLES = {"--given": "CreateCase=success", "--resource": "queue_support=ARN"}
_EXAMPLE = "language=fr-CA"


def pairs(values: Iterable[str], option: str) -> dict[str, str]:
    """`k=v` options as a mapping. Raises UserError on anything else."""
    found = {}
    for value in values:
        key, sign, text = value.partition("=")
        if not sign or not key:
            example = _EXAMPLES.get(option, _EXAMPLE)
            raise UserError(f"{option} {value!r} is not KEY=VALUE: write for instance {option} {example}")
        found[key] = text
    return found
