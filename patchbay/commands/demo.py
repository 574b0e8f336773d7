"""`patchbay demo`: the whole of the main job, on an AWS that ends with it."""

from patchbay import environments, inventory, output
from patchbay.aws import Aws
from patchbay.calls import Caller, Line
from patchbay.config import Environment
from patchbay.local import deployment, process, release_demo
from patchbay.transcripts import show

_CALLS = (
    ("tutorial", "+14165550022", "the flow of AWS's tutorial"),
    ("check_balance", "+14165550011", "a customer asks for her balance: two functions, a prompt between"),
)
_NEXT = (
    ("call it yourself", "make local, then .venv/bin/patchbay call tutorial --env local"),
    ("change a function", "edit lambdas/tutorial/logic.py, then make local again: version 2 answers"),
    (
        "release it by evidence",
        'put strategy = "canary" into environments/local.toml; patchbay release --help',
    ),
    ("use your own account", "put your instance into environments/dev.toml, then make deploy ENV=dev"),
)


def command() -> None:
    """Deploy, place two calls, release two versions, clean up.

    On an AWS inside Python that ends with the demo.
    """
    environment = environments.load("local")
    with output.step("starting the embedded AWS"):
        aws = process.start(environment, attached=True)
    try:
        deployment.deploy(environment, aws)
        there = Aws(environment, aws.url)
        _place_calls(environment, there)
        _show_inventory(environment, there)
        release_demo.show_releases(environment, there)
    finally:
        aws.stop()
    output.note("the embedded AWS has ended, nothing is left behind")
    output.heading("next")
    output.table(("to", "run"), _NEXT)


def _place_calls(environment: Environment, aws: Aws) -> None:
    line = Line(environment, environment.instances[0], aws)
    for flow, number, title in _CALLS:
        output.heading(f"a call from {number}: {title}")
        show(line.call(flow, Caller(address=number)))


def _show_inventory(environment: Environment, aws: Aws) -> None:
    output.heading("what exists now, read back from the APIs")
    output.table(inventory.COLUMNS, inventory.rows(environment, aws))
