"""What came of a block that looks outside the call: written down before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SUCCESS = "success"
"""The block did what it is for, where it has no conditions to choose from."""


@dataclass(frozen=True)
class Given:
    """The result of one block, or of every block of one type."""

    result: str = SUCCESS
    """`success`, an error type, or what the conditions compare: an operand, or a number for numeric ones."""
    data: Mapping[str, object] = field(default_factory=dict)
    """What references read afterwards, from the root: {"Case": {"status": "open"}}."""
