"""`patchbay demo`: the whole of the main job, on an AWS that ends with it."""

from patchbay import environments, inventory, output, scripts
from patchbay.aws import Aws
from patchbay.calls import Line
from patchbay.config import Environment
from patchbay.local import deployment, process, release_demo, trouble_demo
from patchbay.transcripts import show

_CALLS = (
    ("tutorial_in_node", "the flow of AWS's tutorial"),
    ("transfer", "a customer moves money, after a code that came to his phone"),
)
"""Written calls of tests/calls."""
_NEXT = (
    ("be the caller", "make local, then .venv/bin/patchbay call front_desk --env local --from +14165550022"),
    ("add a function", ".venv/bin/patchbay new opening_hours, then make local and call it"),
    ("change a function", "edit lambdas/tutorial/logic.py, then make local again: version 2 answers"),
    (
        "release it by evidence",
        'put strategy = "canary" into environments/local.toml; patchbay release --help',
    ),
    ("see the wiring", "make local, then .venv/bin/patchbay map --env local --output map.html"),
    ("use your own account", ".venv/bin/patchbay init, then the steps that it prints"),
)


def command() -> None:
    """Deploy, place calls, release two versions, find out why a call failed, clean up.

    On an AWS inside Python that ends with the demo.
    """
    environment = environments.load("local")
    with output.step("starting the embedded AWS"):
        aws = process.start(environment, attached=True)
    try:
        templates = deployment.deploy(environment, aws)
        there = Aws(environment, aws.url)
        _place_calls(environment, there)
        _show_inventory(environment, there)
        release_demo.show_releases(environment, there)
        trouble_demo.show_trouble(environment, there, templates)
    finally:
        aws.stop()
    output.note("the embedded AWS has ended, nothing is left behind")
    output.heading("next")
    output.table(("to", "run"), _NEXT)


def _place_calls(environment: Environment, aws: Aws) -> None:
    line = Line(environment, environment.instances[0], aws)
    for name, title in _CALLS:
        written = scripts.load(str(environment.root / "tests" / "calls" / f"{name}.call"))
        output.heading(f"a call from {written.address}: {title}")
        result, _ = scripts.play(written, line)
        show(result, line.resource_keys)


def _show_inventory(environment: Environment, aws: Aws) -> None:
    output.heading("what exists now, read back from the APIs")
    output.table(inventory.COLUMNS, inventory.rows(environment, aws))
