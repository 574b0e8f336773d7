"""Finds what is the probe's, and removes it."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from botocore.exceptions import BotoCoreError, ClientError

from patchbay import output
from patchbay.errors import UserError
from patchbay.probe.bench import Bench
from patchbay.probe.things import NotOursError, Thing
from patchbay.refusals import why

_ENDINGS = ("SIGTERM", "SIGHUP")
_Handler = Callable[[int, FrameType | None], None]


def leftovers(bench: Bench) -> tuple[Thing, ...]:
    """What an earlier run left. What cannot be looked up is barred: it could not be removed safely.

    Raises UserError where somebody else's thing has a name of the probe.
    """
    found = []
    for thing in bench.things:
        try:
            if thing.present():
                found.append(thing)
        except NotOursError as error:
            raise UserError(str(error)) from None
        except (ClientError, BotoCoreError) as error:
            bench.bar(thing, f"{thing.label} could not be looked up first: {why(error)}")
    return tuple(found)


def remove(bench: Bench) -> list[str]:
    """Removes all that is the probe's; gives a sentence for each thing that is left, and why."""
    left = []
    for thing in bench.things:
        if bench.is_barred(thing):
            continue
        bench.report(thing.label)
        try:
            if thing.present():
                thing.remove()
        except (ClientError, BotoCoreError) as error:
            left.append(f"{thing.label} is still there: {why(error)}")
        except NotOursError as error:
            left.append(str(error))
    return left


@contextmanager
def interruptible() -> Iterator[None]:
    """A terminal that closes and a `kill` end the run as Ctrl-C does, so that it is cleaned up."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handled(_ENDINGS, end):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Another Ctrl-C waits: half a clean-up would leave what costs and what others trip over."""

    def wait(_number: int, _frame: FrameType | None) -> None:
        output.note("still removing what the probe made; this takes a few seconds")

    with _handled(("SIGINT", *_ENDINGS), wait):
        yield


@contextmanager
def _handled(names: tuple[str, ...], handler: _Handler) -> Iterator[None]:
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
