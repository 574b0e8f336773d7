"""Changes to the project's files: planned whole, tried on a copy, then made."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from patchbay.errors import UserError
from patchbay.function_folders import SETTINGS_FILE

_TRIED = ("environments", "flows", "lambdas")
"""What an environment is read from."""
_BYTECODE = "__pycache__"


@dataclass(frozen=True)
class Changes:
    """Contents by path below the project's root, and paths of files and folders to delete."""

    created: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    deleted: tuple[str, ...] = ()


def check_free(changes: Changes, root: Path) -> None:
    """Raises UserError where a file that is to be made, or the folder that it goes to, is there already."""
    for path in changes.created:
        parent = Path(path).parent
        taken = path if len(parent.parts) < 2 else str(parent)
        if _has_files(root / taken):
            raise UserError(f"{taken} exists already: choose another name, or remove it first")


@contextmanager
def tried(changes: Changes, root: Path) -> Iterator[Path]:
    """A copy of what environments are read from, with the changes made there."""
    with tempfile.TemporaryDirectory(prefix="patchbay-") as folder:
        copy = Path(folder)
        for part in _TRIED:
            if (root / part).is_dir():
                ignored = shutil.ignore_patterns(_BYTECODE, "node_modules")
                shutil.copytree(root / part, copy / part, ignore=ignored)
        make(changes, copy)
        yield copy


def make(changes: Changes, root: Path) -> None:
    """Makes them. Where that fails, what was created or changed is taken back, and nothing was deleted."""
    before = {path: (root / path).read_bytes() for path in changes.changed}
    made: list[Path] = []
    try:
        for path, text in changes.created.items():
            _create(root / path, text, made)
        for path, text in changes.changed.items():
            _replace(root / path, text.encode())
    except BaseException:
        for path, content in before.items():
            _replace(root / path, content)
        for one in reversed(made):
            one.rmdir() if one.is_dir() else one.unlink()
        raise
    for path in changes.deleted:
        _delete(root / path)


def _has_files(path: Path) -> bool:
    """Bytecode of modules that are gone does not count."""
    files = [path] if path.is_file() else path.rglob("*")
    return any(one.is_file() and _BYTECODE not in one.parts for one in files)


def _create(path: Path, text: str, made: list[Path]) -> None:
    for folder in reversed([one for one in path.parents if not one.exists()]):
        folder.mkdir()
        made.append(folder)
    with path.open("x", encoding="utf-8") as file:
        made.append(path)
        file.write(text)


def _replace(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def _delete(path: Path) -> None:
    """A folder's settings go last: while they are there, the deletion can be taken up again."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for one in path.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        elif one.name != SETTINGS_FILE:
            one.unlink()
    shutil.rmtree(path)
