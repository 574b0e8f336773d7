"""Random numbers that the standard library lacks."""

import math
from random import Random

_MOST_AT_ONCE = 500.0


def seeded(seed: str) -> Random:
    """Always the same numbers for the same seed."""
    return Random(seed)  # noqa: S311 - a simulation, nothing to guess


def poisson(mean: float, random: Random) -> int:
    """How often something happens that happens `mean` times on average."""
    if mean > _MOST_AT_ONCE:  # exp(-mean) would be too small for what follows
        return poisson(mean / 2, random) + poisson(mean / 2, random)
    if mean <= 0:
        return 0
    chance = math.exp(-mean)
    left, count = random.random() - chance, 0
    while left > 0 and count < 10 * mean + 50:
        count += 1
        chance *= mean / count
        left -= chance
    return count
