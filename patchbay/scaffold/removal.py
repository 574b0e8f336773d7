"""`patchbay remove`: the two deploys that remove a function, one run before each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from patchbay import environments, function_folders, toml
from patchbay.errors import UserError
from patchbay.functions import Function, Kind
from patchbay.scaffold import changes, listing, mentions
from patchbay.scaffold.changes import Changes
from patchbay.scaffold.mentions import Mentions


@dataclass(frozen=True)
class Removal:
    """A function on its way out."""

    function: Function
    mentions: Mentions

    @property
    def name(self) -> str:
        """Of the function."""
        return self.function.name

    @property
    def marks(self) -> bool:
        """Whether a deploy must take the function out of the designers' lists before its folder can go."""
        return (
            self.function.kind is Kind.FLOW and not self.function.removed and bool(self.mentions.environments)
        )


def of(name: str, root: Path) -> Removal:
    """Raises UserError where there is no such function, or where the project's own files need it."""
    folders = function_folders.folders(root / "lambdas")
    if name not in folders:
        raise UserError(_missing(name, root, tuple(folders)))
    function = toml.parse(
        Function, {"name": name, **toml.read(folders[name])}, f"lambdas/{name}/function.toml"
    )
    found = mentions.of(name, root)
    _check_free(name, found)
    return Removal(function, found)


def mark(removal: Removal, root: Path) -> Changes:
    """What the first of the two deploys needs."""
    path = f"lambdas/{removal.name}/function.toml"
    return Changes(changed={path: listing.removed((root / path).read_text(encoding="utf-8"))})


def deletion(removal: Removal, root: Path) -> Changes:
    """What the second of the two deploys needs; the environments load afterwards. Raises UserError.

    The folder with function.toml is the last to go, so that a run which was interrupted can be repeated.
    """
    name = removal.name
    sources = [f"environments/{one}.toml" for one in removal.mentions.environments]
    changed = {
        source: listing.unlisted((root / source).read_text(encoding="utf-8"), name) for source in sources
    }
    own_flow = [f"flows/{name}.json"] if _is_own_flow(removal, root) else []
    tests = [f"tests/lambdas/{name}"] if (root / "tests/lambdas" / name).is_dir() else []
    planned = Changes(changed=changed, deleted=(*own_flow, *tests, f"lambdas/{name}"))
    with changes.tried(planned, root) as copy:
        for environment in removal.mentions.environments:
            environments.load(environment, copy)
    return planned


def _check_free(name: str, found: Mentions) -> None:
    for flow, listing_it in found.flows.items():
        if listing_it:
            files = " and ".join(f"environments/{one}.toml" for one in listing_it)
            raise UserError(
                f"flows/{flow}.json names the function {name!r}, and is listed in {files}: take the block "
                "out of the flow, or the flow out of the environment, deploy, and run this again"
            )
    if found.functions:
        raise UserError(
            f"function {found.functions[0]!r} invokes {name!r}: take it out of invokes in "
            f"lambdas/{found.functions[0]}/function.toml (and out of its code), deploy, and run this again"
        )


def _is_own_flow(removal: Removal, root: Path) -> bool:
    path = root / "flows" / f"{removal.name}.json"
    return removal.name in removal.mentions.flows and mentions.functions_in(path) == {removal.name}


def _missing(name: str, root: Path, known: Sequence[str]) -> str:
    listing_it = mentions.of(name, root).environments
    if not listing_it:
        return f"there is no function {name!r}: lambdas/ has {', '.join(known) or 'none'}"
    files = " and ".join(f"environments/{one}.toml" for one in listing_it)
    return (
        f"the function {name!r} is listed in {files}, but its folder is gone: put lambdas/{name} back "
        f"(git checkout -- lambdas/{name}) and run this again, because a function is removed in two deploys"
    )
