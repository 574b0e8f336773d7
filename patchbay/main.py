"""The command line: `patchbay COMMAND`."""

import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from patchbay import output
from patchbay.commands import (
    call,
    demo,
    doctor,
    explain,
    init,
    invoke,
    lint_flow,
    local,
    logs,
    new,
    probe,
    release,
    remove,
)
from patchbay.commands import map as wiring
from patchbay.errors import UserError

INTERRUPTED = 130
"""What typer makes of Ctrl-C."""

app = typer.Typer(
    help="Wires Amazon Connect to AWS Lambda: place calls, invoke functions, run an AWS of your own.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("new")(new.command)
app.command("init")(init.command)
app.command("remove")(remove.command)
app.command("call")(call.command)
app.command("invoke")(invoke.command)
app.command("demo")(demo.command)
app.command("lint-flow")(lint_flow.command)
app.command("doctor")(doctor.command)
app.command("explain")(explain.command)
app.command("logs")(logs.command)
app.command("map")(wiring.command)
app.command("probe")(probe.command)
app.add_typer(local.app, name="local")
app.add_typer(release.app, name="release")


def main(argv: Sequence[str] | None = None) -> None:
    """Exits with 0; 1 where AWS refused; 2 on bad input; 130 after Ctrl-C."""
    sys.exit(run(sys.argv[1:] if argv is None else argv))


def run(argv: Sequence[str]) -> int:
    """The exit code of one command; every failure is one sentence, never a traceback."""
    try:
        code = int(_command()(list(argv), prog_name="patchbay", standalone_mode=False) or 0)
    except UserError as error:
        output.error(str(error))
        return 2
    except typer.TyperException as error:
        output.error(_misused(error))
        return 2
    except NoCredentialsError:
        output.error("there are no AWS credentials: export AWS_PROFILE=... or sign in first")
        return 1
    except (ClientError, BotoCoreError) as error:
        output.error(f"AWS did not answer as needed: {error}")
        return 1
    except BrokenPipeError:
        # Whoever read the output has gone; the interpreter must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        output.error(f"cannot write or read: {error}")
        return 1
    if code == INTERRUPTED:
        output.note("interrupted")
    return code


@cache
def _command() -> Any:
    """Made once, however many commands one process runs."""
    return typer.main.get_command(app)


def _misused(error: typer.TyperException) -> str:
    """The library's complaint as one of ours, with the help that answers it."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "patchbay"
    message = error.format_message().replace("Value error, ", "").strip().rstrip(".")
    return f"{message[:1].lower()}{message[1:]}: see `{command} --help`"
