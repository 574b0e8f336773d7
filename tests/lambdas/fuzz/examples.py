"""How many examples, and which."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = int(os.environ.get("PATCHBAY_FUZZ", "0"))
"""Of each handler; 0: as many as the test says."""


def fuzzed(few: int) -> Callable[[Any], Any]:
    """`few` examples, always the same; or EXAMPLES of them, other ones each time."""
    return settings(
        max_examples=EXAMPLES or few,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        # A failure is as true without shrinking, which may take minutes in CI.
        phases=(Phase.explicit, Phase.generate, *((Phase.shrink,) if EXAMPLES else ())),
        suppress_health_check=list(HealthCheck),
    )
