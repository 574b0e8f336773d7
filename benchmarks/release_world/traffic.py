"""How many calls arrive in which minute."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

DAY = 1440
# Minutes before the release that are played too, at weight 0: rules measure the volume there.
BEFORE = 60

Volume = Callable[[int], float]
"""Mean calls in a minute, counted from the start of the release; from -BEFORE on."""


@dataclass(frozen=True)
class Traffic:
    """`calls`: an hour, in an ordinary hour. `draw` gives one day's volume."""

    name: str
    calls: float
    draw: Callable[[float, Random], Volume]


def steady(calls: float) -> Traffic:
    """The same mean in every minute."""
    return Traffic("steady", calls, lambda hourly, _: lambda _minute: hourly / 60)


def day_and_night(calls: float) -> Traffic:
    """`calls` an hour from 8 to 20, 2 an hour at night; the release starts at any time of the day."""
    return Traffic("day and night", calls, _day_and_night)


def bursts(calls: float) -> Traffic:
    """Ten times `calls` an hour for 10 minutes, about once in two hours."""
    return Traffic("bursts", calls, _bursts)


def _day_and_night(hourly: float, random: Random) -> Volume:
    start = random.randrange(DAY)
    return lambda minute: (hourly if 8 * 60 <= (start + minute) % DAY < 20 * 60 else 2.0) / 60


def _bursts(hourly: float, random: Random) -> Volume:
    busy: set[int] = set()
    for minute in range(-BEFORE, DAY):
        if random.random() < 1 / 120:
            busy.update(range(minute, minute + 10))
    return lambda minute: hourly / 60 * (10 if minute in busy else 1)
