"""Written calls: a telephone call as a script that can be read aloud, replayed and held to its word."""

from patchbay.scripts.checking import Miss, check
from patchbay.scripts.playing import play
from patchbay.scripts.reading import load
from patchbay.scripts.written import WrittenCall

__all__ = ["Miss", "WrittenCall", "check", "load", "play"]
