"""`patchbay local`: the embedded AWS."""

from collections.abc import Iterator
from typing import Annotated

import typer

from patchbay import environments, flow_types, inventory, output
from patchbay.aws import Aws
from patchbay.commands import callers
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.functions import Strategy
from patchbay.local import deployment, process, state
from patchbay.local.process import LocalAws

app = typer.Typer(help="An AWS inside Python: no account, no Docker.")
app.command("callers")(callers.command)

Env = Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")]
Port = Annotated[int | None, typer.Option("--port", help="Which one, where several run.")]


@app.command()
def start(
    env: Env = "local",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free port.")] = 0,
    detach: Annotated[bool, typer.Option("--detach", help="Leave it running in the background.")] = False,
) -> None:
    """Start it; Ctrl-C ends it, unless --detach."""
    environment = environments.load(env)
    aws = _start(environment, port, detach)
    if detach:
        _announce(aws)
        output.line("next: patchbay local deploy · patchbay local status · patchbay local stop")
    else:
        _stay(environment, aws)


@app.command()
def deploy(
    env: Env = "local",
    port: Port = None,
    start: Annotated[bool, typer.Option("--start", help="Start one where none runs.")] = False,
) -> None:
    """Deploy to the one that runs.

    The first time, and again after every change.
    """
    environment = environments.load(env)
    begin = start and port is None and not state.running(environment.root)
    aws = _start(environment, 0, detach=True) if begin else state.choose(environment.root, port)
    try:
        deployment.deploy(environment, aws)
    except BaseException:
        if begin:
            _end(environment, aws)
        raise
    output.line(f"environment {environment.name} is on {aws.url}")
    if any(environment.strategy(f) is Strategy.CANARY for f in environment.functions.values()):
        output.line(f"new versions are released by evidence: patchbay release watch --all --env {env}")
    steps = (*_calls(environment), "patchbay local status", "patchbay local stop")
    output.line(f"next: {' · '.join(steps)}")


@app.command()
def stop(
    port: Port = None,
    every: Annotated[bool, typer.Option("--all", help="End every one of this project.")] = False,
) -> None:
    """End it, with every handler that it runs."""
    root = environments.ROOT
    found = state.running(root)
    if not found and port is None:
        output.line("nothing to stop: no embedded AWS runs")
        return
    for aws in found if every else (state.choose(root, port),):
        aws.stop()
        state.forget(root, aws)
        output.line(f"embedded AWS on {aws.url} has ended")


@app.command()
def status(env: Env = "local") -> None:
    """What runs for this project, and what is deployed there."""
    found = state.running(environments.ROOT)
    if not found:
        output.line("no embedded AWS runs: start one with `make local`")
        return
    output.table(("endpoint", "process", "log"), [(aws.url, str(aws.pid), aws.log) for aws in found])
    environment = environments.load(env)
    for aws in found:
        output.heading(f"environment {env} on {aws.url}")
        output.table(inventory.COLUMNS, inventory.rows(environment, Aws(environment, aws.url)))


@app.command()
def env(
    region: Annotated[str | None, typer.Option(help="Default: the instance's Region.")] = None,
    env: Env = "local",
    port: Port = None,
) -> None:
    """Print exports for a shell.

    Afterwards its aws, cdk and boto3 talk to the embedded AWS: eval "$(patchbay local env)".
    """
    environment = environments.load(env)
    aws = state.choose(environment.root, port)
    chosen = region or environment.instances[0].arn.region
    output.line("unset AWS_PROFILE AWS_SESSION_TOKEN")
    for key, value in aws.variables(environment.account, chosen).items():
        output.line(f"export {key}={value}")


def _start(environment: Environment, port: int, detach: bool) -> LocalAws:
    with output.step("starting the embedded AWS"):
        aws = process.start(environment, port, attached=not detach)
    try:
        state.record(environment.root, aws)
    except OSError as error:
        aws.stop()
        raise UserError(
            f"cannot write {error.filename}: {error.strerror}; make .patchbay a folder that you may write"
        ) from error
    return aws


def _calls(environment: Environment) -> Iterator[str]:
    """The call of the flow that is listed last, which a new function's is; none where no flow takes calls."""
    for instance in environment.instances:
        flows = [flow for flow in instance.flows if _takes_calls(environment, flow)]
        if flows:
            chosen = "" if instance is environment.instances[0] else f" --instance {instance.name}"
            yield f"patchbay call {flows[-1]} --env {environment.name}{chosen}"
            return


def _takes_calls(environment: Environment, flow: str) -> bool:
    file = environment.root / "flows" / f"{flow}.json"
    return flow_types.header(file.read_text(encoding="utf-8"), file.name).type == "CONTACT_FLOW"


def _announce(aws: LocalAws) -> None:
    output.line(f"embedded AWS on {aws.url}, log in {aws.log}")


def _stay(environment: Environment, aws: LocalAws) -> None:
    try:
        _announce(aws)
        output.note("Ctrl-C ends it")
        aws.wait()
    finally:
        _end(environment, aws)
        output.note("ended")


def _end(environment: Environment, aws: LocalAws) -> None:
    aws.stop()
    state.forget(environment.root, aws)
