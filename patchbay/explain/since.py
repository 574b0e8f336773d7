"""`--since`: how far back."""

import re

from patchbay.errors import UserError

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_SHAPE = re.compile(r"(\d{1,6})([smhd])")


def seconds(text: str) -> int:
    """Of `90s`, `10m`, `1h` or `2d`. Raises UserError on anything else."""
    found = _SHAPE.fullmatch(text.strip().lower())
    if not found or not int(found[1]):
        raise UserError(f"--since {text!r} is not a length of time: write for instance 90s, 10m, 1h or 2d")
    return int(found[1]) * _SECONDS[found[2]]
