"""A copy of the project that tests may edit and deploy."""

import shutil
from pathlib import Path

from patchbay.environments import ROOT

COPIED = (
    "app.py",
    "cdk.json",
    "package.json",
    "package-lock.json",
    "requirements-layer.txt",
    "environments",
    "flows",
    "lambdas",
    "patchbay",
    "stacks",
)
SHARED = (".venv", "node_modules", "build")
"""Nothing is installed or packed again; the layer in `build/` is made by whoever comes first."""


def copy_project(target: Path) -> Path:
    """What deploys, copied to `target`, which must not exist."""
    target.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    (ROOT / "build").mkdir(exist_ok=True)
    for name in SHARED:
        (target / name).symlink_to(ROOT / name)
    return target


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Replaces a text that must be there."""
    path = root / file
    text = path.read_text()
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new))


def append(root: Path, file: str, line: str) -> None:
    """Adds a line at the end of a file."""
    with (root / file).open("a") as text:
        text.write(f"{line}\n")
