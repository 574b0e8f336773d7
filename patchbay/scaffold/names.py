"""What a new function may be called, and what is called after it."""

import importlib.util
import keyword
import re

from patchbay.errors import UserError


def of_asynchronous(stem: str) -> tuple[str, str, str]:
    """The functions of an asynchronous one: what begins it, does it, and tells how far it is."""
    return f"start_{stem}", f"{stem}_worker", f"{stem}_result"


def table_of_asynchronous(stem: str) -> str:
    """What its three functions share."""
    return f"{stem}_runs"


def check(name: str) -> None:
    """Raises UserError where the name cannot be that of a package beside the handlers' other modules."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UserError(
            f"the name {name!r} cannot be imported: use small letters, digits and underscores, "
            "and begin with a letter"
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise UserError(f"the name {name!r} is a word of Python's own: choose another")
    if name == "common" or _hides_a_module(name):
        raise UserError(
            f"the name {name!r} would hide the Python module of that name: choose another, "
            f"for instance {name}_function"
        )


def _hides_a_module(name: str) -> bool:
    """A folder without modules of its own, such as what a deleted package leaves, is none."""
    found = importlib.util.find_spec(name)
    return found is not None and found.origin is not None
