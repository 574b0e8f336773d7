"""Which project is changed: that of the installed package, wherever the command is run."""

from pathlib import Path

from patchbay import output


def tell(root: Path) -> None:
    """Names the project to somebody who is not in it."""
    if not _is_inside(root):
        output.note(f"this folder is outside of the project: what follows is about {root}")


def _is_inside(root: Path) -> bool:
    try:
        return Path.cwd().is_relative_to(root.resolve())
    except FileNotFoundError:  # the current folder is gone
        return False
