"""Functions of one's own, made by `patchbay new` before the first deploy."""

from pathlib import Path

from patchbay.functions import Runtime
from patchbay.scaffold import changes, new_function
from patchbay.scaffold.new_function import Wanted

OWN = {
    "opening_hours": ("opening_hours",),
    "holiday_hours": ("holiday_hours",),
    "parcel": ("start_parcel", "parcel_worker", "parcel_result"),
}
"""The functions of each, by the name that `patchbay new` was given."""

_WANTED = (
    Wanted("opening_hours", Runtime.PYTHON, False, ("local",), None),
    Wanted("holiday_hours", Runtime.NODE, False, ("local",), None),
    Wanted("parcel", Runtime.PYTHON, True, ("local",), None),
)


def add(root: Path) -> Path:
    """To a copy of the project; gives the copy."""
    for wanted in _WANTED:
        changes.make(new_function.plan(wanted, root), root)
    return root
