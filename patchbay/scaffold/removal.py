"""`patchbay remove`: the two deploys that remove functions, one run before each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from patchbay import environments, function_folders, toml
from patchbay.errors import UserError
from patchbay.functions import Function, Kind
from patchbay.scaffold import changes, listing, made_together, mentions
from patchbay.scaffold.changes import Changes
from patchbay.scaffold.made_together import TABLES, Belongings
from patchbay.scaffold.mentions import Mentions


@dataclass(frozen=True)
class Removal:
    """A function on its way out, or those of an asynchronous one together."""

    name: str
    """As the user gave it."""
    functions: tuple[Function, ...]
    mentions: Mapping[str, Mentions]
    """By function."""
    own: Belongings

    @property
    def environments(self) -> tuple[str, ...]:
        """That list one of the functions."""
        found = {one for mentioned in self.mentions.values() for one in mentioned.environments}
        return tuple(sorted(found))

    @property
    def unmarked(self) -> tuple[Function, ...]:
        """The functions that a deploy must take out of the designers' lists before their folders can go."""
        return tuple(
            one
            for one in self.functions
            if one.kind is Kind.FLOW and not one.removed and self.mentions[one.name].environments
        )

    @property
    def listed_flow(self) -> tuple[str, ...]:
        """The environments that list the functions' own flow, which the same deploy takes away."""
        found = (one.flows.get(self.own.flow or "", ()) for one in self.mentions.values())
        return tuple(sorted({environment for environments in found for environment in environments}))

    @property
    def marks(self) -> bool:
        """Whether a deploy must come before anything can be deleted."""
        return bool(self.unmarked or self.listed_flow)


def of(name: str, root: Path) -> Removal:
    """Raises UserError where there is no such function, or where the project's own files need it."""
    folders = function_folders.folders(root / "lambdas")
    leaving = made_together.functions(name, root)
    if not leaving:
        raise UserError(_missing(name, root, tuple(folders)))
    functions = tuple(
        toml.parse(Function, {"name": one, **toml.read(folders[one])}, f"lambdas/{one}/function.toml")
        for one in leaving
    )
    own = made_together.belongings(leaving, root)
    removal = Removal(name, functions, {one: mentions.of(one, root) for one in leaving}, own)
    for function, found in removal.mentions.items():
        _check_free(function, found, removal, root)
    return removal


def mark(removal: Removal, root: Path) -> Changes:
    """What the first of the two deploys needs; the environments load afterwards. Raises UserError."""
    paths = [f"lambdas/{one.name}/function.toml" for one in removal.unmarked]
    changed = {path: listing.removed(_text(root, path)) for path in paths}
    for environment in removal.listed_flow:
        path = _file(environment)
        changed[path] = listing.without_flow(_text(root, path), str(removal.own.flow))
    return _tried(Changes(changed=changed), removal, root)


def deletion(removal: Removal, root: Path) -> Changes:
    """What the second of the two deploys needs; the environments load afterwards. Raises UserError.

    The folders with function.toml are the last to go, so that a run which was interrupted can be repeated.
    """
    leaving, own = [one.name for one in removal.functions], removal.own
    sources = [_file(one) for one in removal.environments]
    changed = {source: listing.unlisted(_text(root, source), leaving) for source in sources}
    if own.table:
        changed[TABLES] = listing.without_table(_text(root, TABLES), own.table)
    flow = [f"flows/{own.flow}.json"] if own.flow else []
    deleted = (*flow, *own.tests, *(f"lambdas/{one}" for one in leaving))
    return _tried(Changes(changed=changed, deleted=deleted), removal, root)


def _tried(planned: Changes, removal: Removal, root: Path) -> Changes:
    with changes.tried(planned, root) as copy:
        for environment in dict.fromkeys((*removal.environments, *removal.listed_flow)):
            environments.load(environment, copy)
    return planned


def _check_free(name: str, found: Mentions, removal: Removal, root: Path) -> None:
    for flow, listing_it in found.flows.items():
        if listing_it and flow != removal.own.flow:
            raise UserError(
                f"flows/{flow}.json names the function {name!r}, and is listed in {_files(listing_it)}: take "
                "the block out of the flow, or the flow out of the environment, deploy, and run this again"
                + _all_together(name, flow, root)
            )
    invoking = [one for one in found.functions if one not in removal.mentions]
    if invoking:
        raise UserError(
            f"function {invoking[0]!r} invokes {name!r}: take it out of invokes in "
            f"lambdas/{invoking[0]}/function.toml (and out of its code), deploy, and run this again"
            + _all_together(name, invoking[0], root)
        )


def _all_together(name: str, needed_by: str, root: Path) -> str:
    """The way out where what needs the function was made with it."""
    stem = made_together.stem(name, root)
    if stem == name or needed_by not in (stem, *made_together.functions(stem, root)):
        return ""
    return f"; or remove what was made together, with patchbay remove {stem}"


def _missing(name: str, root: Path, known: Sequence[str]) -> str:
    listing_it = mentions.of(name, root).environments
    if not listing_it:
        return f"there is no function {name!r}: lambdas/ has {', '.join(known) or 'none'}"
    return (
        f"the function {name!r} is listed in {_files(listing_it)}, but its folder is gone: put "
        f"lambdas/{name} back (git checkout -- lambdas/{name}) and run this again, because a function is "
        "removed in two deploys"
    )


def _text(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def _file(environment: str) -> str:
    return f"environments/{environment}.toml"


def _files(listing_it: Sequence[str]) -> str:
    return " and ".join(map(_file, listing_it))
