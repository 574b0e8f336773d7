"""`patchbay new`: what a new function consists of."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from patchbay import environments, function_folders
from patchbay.errors import UserError
from patchbay.functions import Runtime
from patchbay.scaffold import changes, listing, names, templates
from patchbay.scaffold.changes import Changes
from patchbay.scaffold.made_together import TABLES

_PARAMETERS = {"name": "Ada"}
_RUN = {"runId": "00000001-0000-4000-8000-000000000001"}
"""Of start's sample_data.json."""


@dataclass(frozen=True)
class Wanted:
    """What a user asked for."""

    name: str
    """Of the function, its flow and its tests; of an asynchronous one, the stem of its three functions."""
    runtime: Runtime = Runtime.PYTHON
    asynchronous: bool = False
    environments: Sequence[str] = ("local",)
    instance: str | None = None
    """None: the first of each environment."""

    @property
    def functions(self) -> tuple[str, ...]:
        """The folders under `lambdas/`."""
        if not self.asynchronous:
            return (self.name,)
        return names.of_asynchronous(self.name)


def plan(wanted: Wanted, root: Path) -> Changes:
    """Everything that is to be written, checked: the environments load, and the flow can be filled.

    Raises UserError where the name is taken or refused, or where something does not fit together.
    """
    for function in wanted.functions:
        _check_name(function, root)
    names.check(wanted.name)
    if wanted.asynchronous and wanted.runtime is not Runtime.PYTHON:
        raise UserError(
            f"--async goes with --runtime python, but it is {wanted.runtime}: drop one of the two"
        )
    planned = Changes(_created(wanted), _changed(wanted, root))
    changes.check_free(planned, root)
    with changes.tried(planned, root) as copy:
        for name in wanted.environments:
            _check_environment(name, wanted, copy)
    return planned


def _check_name(function: str, root: Path) -> None:
    if function in function_folders.folders(root / "lambdas"):
        raise UserError(f"function {function!r} exists already, in lambdas/{function}: choose another name")
    names.check(function)


def _created(wanted: Wanted) -> dict[str, str]:
    if wanted.asynchronous:
        start, _, result = wanted.functions
        return {
            **templates.files("async", wanted.name),
            **templates.events(start, _PARAMETERS),
            **templates.events(result, _RUN),
        }
    return {
        **templates.files(wanted.runtime, wanted.name),
        **templates.files("synchronous", wanted.name),
        **templates.events(wanted.name, _PARAMETERS),
    }


def _changed(wanted: Wanted, root: Path) -> dict[str, str]:
    changed = {}
    for name in wanted.environments:
        source = f"environments/{name}.toml"
        if name not in environments.available(root):
            environments.load(name, root)  # which says so
        text = (root / source).read_text(encoding="utf-8")
        changed[source] = listing.listed(text, source, wanted.functions, (wanted.name,), wanted.instance)
    if wanted.asynchronous:
        path = root / TABLES
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        words = wanted.name.replace("_", " ")
        changed[TABLES] = listing.with_table(
            text, names.table_of_asynchronous(wanted.name), "run_id", f"what runs of {words} found"
        )
    return changed


def _check_environment(name: str, wanted: Wanted, copy: Path) -> None:
    environment = environments.load(name, copy)
    instance = environment.instance(wanted.instance) if wanted.instance else environment.instances[0]
    environments.rendered_flows(environment, instance.model_copy(update={"flows": (wanted.name,)}))
