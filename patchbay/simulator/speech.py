"""What a caller hears of a text, and for how long."""

import html
import re

WORDS_PER_MINUTE = 150
"""An estimate: a usual pace of English speech. Nothing in Amazon Polly's documentation fixes one."""

_PAUSING_TAG = re.compile(r"</?(?:speak|p|s|break)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"""<break\b[^>]*\btime\s*=\s*['"]\s*(?P<number>\d+(?:\.\d+)?)(?P<unit>ms|s)\s*['"]""")


def plain(ssml: str) -> str:
    """The words of an SSML text, on one line."""
    words = _TAG.sub("", _PAUSING_TAG.sub(" ", ssml))
    return " ".join(html.unescape(words).split())


def duration_ms(words: str) -> int:
    """How long it takes to say `words`."""
    return round(len(words.split()) * 60_000 / WORDS_PER_MINUTE)


def pauses_ms(ssml: str) -> int:
    """The sum of `<break time="..."/>` (Amazon Polly developer guide, "Supported SSML tags")."""
    return round(sum(float(m["number"]) * (1000 if m["unit"] == "s" else 1) for m in _BREAK.finditer(ssml)))
