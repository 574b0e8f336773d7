"""What an invocation may write to the log, and what nobody may read in it or in what it raises."""

import io
import json
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.lambdas.fuzz.hostile import MARK
from tests.lambdas.invocations import LAMBDAS

_PIECE = 6
"""Characters of MARK that no word has."""
PIECES = frozenset(MARK[at : at + _PIECE].lower() for at in range(len(MARK) - _PIECE + 1))
_NEEDLE = 5
"""Shorter texts are in any line."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_ANY = re.compile(r".*", re.DOTALL)
_FIELDS: Mapping[str, re.Pattern[str]] = {
    "level": re.compile("INFO|ERROR"),
    "message": re.compile("invocation( started)?"),
    "timestamp": re.compile(r"[-0-9T:.+Z]+"),
    "service": _WORD,
    "contact_id": _ANY,
    "channel": _ANY,
    "search_id": re.compile(r"[A-Za-z0-9-]{1,64}\.[0-9a-f]{12}\.[0-9]{10}"),
    "request_id": re.compile("request-1"),
    "function_version": re.compile("7"),
    "outcome": re.compile("ok|error|refused|raised|done|failed|late|repeated"),
    "error_type": _WORD,
    "cause": re.compile(rf"{_WORD.pattern}( is not set)?"),
    "duration_ms": re.compile(r"[0-9.e-]+"),
}
_OF_THE_CONTACT = ("contact_id", "channel", "search_id", "request_id", "timestamp", "duration_ms")


class Log(io.StringIO):
    """The log as Lambda keeps it: UTF-8. What cannot be written there raises."""

    def write(self, text: str) -> int:
        """Refuses half of a surrogate pair."""
        text.encode()
        return super().write(text)

    def take(self) -> list[str]:
        """The lines since the last time."""
        lines = self.getvalue().split("\n")[:-1]
        self.seek(0)
        self.truncate()
        return lines


def _stored() -> Iterator[str]:
    """Numbers, names and tokens of the samples' customers."""
    for path in LAMBDAS.glob("*/sample_data.json"):
        for customer in json.loads(path.read_text(encoding="utf-8")).get("customers", []):
            yield from (customer[key] for key in ("phone_number", "name", "payment_token") if key in customer)
    yield from ("Tremblay", "Hale", "Okafor", "Fontaine", "1416555")


STORED = frozenset(_stored())


def personal(raw: object) -> set[str]:
    """Every text of an event that may tell something about a person: all but contact and channel."""
    return set(_texts(raw, allowed=("ContactId", "Channel", "Name")))


def _texts(value: object, allowed: Iterable[str] = ()) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in allowed or not isinstance(inner, str):
                yield from _texts(inner, allowed)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, allowed)
    elif isinstance(value, str) and len(value.strip()) >= _NEEDLE:
        yield value.strip()


def check(lines: list[str], secrets: Iterable[str]) -> list[dict[str, Any]]:
    """The log lines, parsed; none has a field that is not known, or one of `secrets`."""
    parsed = [json.loads(line) for line in lines]
    assert [line["message"] for line in parsed] in (["invocation started", "invocation"], [])
    for line in parsed:
        foreign = {key: value for key, value in line.items() if not _fits(key, value)}
        assert not foreign
        told = {key: value for key, value in line.items() if key not in _OF_THE_CONTACT}
        check_text(json.dumps(told, ensure_ascii=False), secrets)
    return parsed


def _fits(key: str, value: object) -> bool:
    pattern = _FIELDS.get(key)
    return pattern is not None and pattern.fullmatch(str(value)) is not None


def check_text(text: str, secrets: Iterable[str]) -> None:
    """Nothing of MARK, of a stored customer or of `secrets` is in `text`."""
    folded = text.lower()
    assert not [piece for piece in PIECES if piece in folded]
    assert not [secret for secret in {*STORED, *secrets} if secret in text]


def check_raised(error: BaseException, secrets: Iterable[str]) -> None:
    """As Lambda prints what a handler raises: type, text and traceback."""
    message = f"{type(error).__name__}: {error} {error.args!r}"
    check_text(message, secrets)
    printed = "".join(traceback.format_exception(error))
    assert not [piece for piece in PIECES if piece in printed.lower()]
