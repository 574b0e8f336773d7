"""A project with one function for each way in which a new version may turn out."""

from pathlib import Path

from tests.e2e.project import copy_project

ENVIRONMENT = """
app = "patchbay"
account = "000000000000"

[region_groups.americas]
regions = ["us-west-2", "us-east-1"]

[release]
strategy = "canary"
max_hours = 1
watch_hours = 1
period_seconds = 2
settle_seconds = 2
watch_period_seconds = 2

[[instances]]
name = "americas"
arn = "arn:aws:connect:us-east-1:000000000000:instance/44444444-5555-6666-7777-888888888888"
alias = "patchbay-releases"
region_group = "americas"
functions = [{functions}]
"""

SETTINGS = """
description = "Answers, or fails as a test wants it"
time_limit_seconds = 6
"""

HANDLER = """
import time
from pathlib import Path

from common.event import ContactEvent
from common.handler import contact_handler

TROUBLE = Path({trouble!r})


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    if TROUBLE.exists():
        raise ConnectionError
    return {{"answer": "{number}"}}
"""

CANDIDATES = {
    "good": HANDLER,
    "raises": HANDLER
    + "\n\ndef _fails(event, context):\n    raise KeyError\n\n\nhandler = contact_handler(_fails)\n",
    "refused": HANDLER.replace('return {{"answer": "{number}"}}', 'return {{"answer": ["a", "list"]}}'),
    "sleeps": HANDLER.replace('return {{"answer"', 'time.sleep(9)\n    return {{"answer"'),
    "unimportable": "import a_package_that_nobody_packed\n" + HANDLER,
    "shaky": HANDLER,
    "renewed": HANDLER,
    "late": HANDLER.replace("Path({trouble!r})", 'Path({trouble!r} + "-late")'),
}
"""By function: the handler of its second version. There are no recorded events, so no warm-up finds them."""

FUNCTIONS = tuple(CANDIDATES)
PAUSES = {"unimportable": 0.8}
"""Failed starts name no contact: those of 8 s count once, so a verdict takes so long, however many call."""
WITHOUT_CALLERS = frozenset({"shaky", "renewed"})
CALLED_AFTERWARDS = frozenset({"late"})
"""Callers stay after the verdict; those of the others go home, to leave the machine to the rest."""


def make(target: Path, trouble: Path) -> Path:
    """The first version of every function answers; `trouble / FUNCTION` makes both versions of one fail."""
    root = copy_project(target)
    listed = ", ".join(f'"{name}"' for name in FUNCTIONS)
    (root / "environments" / "releases.toml").write_text(ENVIRONMENT.format(functions=listed))
    for name in FUNCTIONS:
        folder = root / "lambdas" / name
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "function.toml").write_text(SETTINGS)
        write(root, name, HANDLER, trouble, 1)
    return root


def write(root: Path, name: str, handler: str, trouble: Path, number: int) -> None:
    """One version's code."""
    code = handler.format(trouble=str(trouble / name), number=number)
    (root / "lambdas" / name / "handler.py").write_text(code)
