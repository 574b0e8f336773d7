"""What metric filters make of log events; MiniStack 1.5.33 keeps filters and makes no metrics.

Source: CloudWatch Logs user guide, "Filter pattern syntax for metric filters" and "Creating metrics from log
events using filters". Known here is the JSON pattern with =, !=, &&, || and parentheses on texts, `*` in
them, and numbers; anything else is refused.
"""

import fnmatch
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from patchbay.errors import UserError

Event = Mapping[str, Any]
Filter = Mapping[str, Any]
"""As DescribeMetricFilters shows it."""
Datum = dict[str, Any]
"""As PutMetricData takes it."""

_TOKEN = re.compile(r'\s*(\(|\)|&&|\|\||!=|=|\$(?:\.\w+)+|"[^"]*"|-?\d+(?:\.\d+)?(?![\w.*-]))')


class UnknownPattern(UserError):
    """A pattern that the embedded AWS cannot evaluate."""


def matches(pattern: str, event: Event) -> bool:
    """Raises UnknownPattern."""
    text = pattern.strip()
    if not text.startswith("{") or not text.endswith("}"):
        raise _unknown("cannot read", pattern)
    return _Pattern(pattern, list(_tokens(text[1:-1], pattern)), event).whole()


def metrics(filters: Sequence[Filter], events: Sequence[Event]) -> dict[str, list[Datum]]:
    """What the filters of a log group make of events that came in together, by namespace."""
    made: dict[str, list[Datum]] = {}
    for one in filters:
        matched = [event for event in events if matches(one.get("filterPattern", ""), event)]
        for transformation in one["metricTransformations"]:
            data = made.setdefault(transformation["metricNamespace"], [])
            data.extend(_data(transformation, matched))
    return {namespace: data for namespace, data in made.items() if data}


def _data(transformation: Mapping[str, Any], matched: Sequence[Event]) -> Iterator[Datum]:
    """One for each event that matched; where none did, the default value once."""
    basis = {"MetricName": transformation["metricName"], "Unit": transformation.get("unit", "None")}
    if not matched and transformation.get("defaultValue") is not None:
        yield {**basis, "Value": float(transformation["defaultValue"])}
    named = transformation.get("dimensions") or {}
    for event in matched:
        value = _number(transformation["metricValue"], event)
        dimensions = {name: field(event, selector) for name, selector in named.items()}
        if value is not None and None not in dimensions.values():
            written = [{"Name": name, "Value": str(found)} for name, found in dimensions.items()]
            yield {**basis, "Value": value, "Dimensions": written}


def _number(metric_value: str, event: Event) -> float | None:
    """A number as written, or the one that the event has there."""
    found = field(event, metric_value) if metric_value.startswith("$") else metric_value
    try:
        return None if found is None else float(found)
    except (TypeError, ValueError):
        return None


def field(event: Event, selector: str) -> Any:
    """What the event has at `$.a.b`; None where it has nothing."""
    at: Any = event
    for key in selector.split(".")[1:]:
        at = at.get(key) if isinstance(at, Mapping) else None
    return at


def _unknown(what: str, pattern: str) -> UnknownPattern:
    known = "JSON patterns with =, !=, &&, || and parentheses on texts in quotes and numbers"
    return UnknownPattern(f"the embedded AWS {what} the filter pattern {pattern!r}: it knows {known}")


def _tokens(text: str, pattern: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        token = _TOKEN.match(text, at)
        if token is None:
            raise _unknown(f"cannot read {text[at:].strip()!r} in", pattern)
        yield token[1]
        at = token.end()


@dataclass
class _Pattern:
    """Recursive descent; && binds closer than ||."""

    pattern: str
    tokens: list[str]
    event: Event

    def whole(self) -> bool:
        result = self._any()
        if self.tokens:
            raise self._unknown()
        return result

    def _any(self) -> bool:
        result = self._all()
        while self._next_is("||"):
            result = self._all() or result
        return result

    def _all(self) -> bool:
        result = self._term()
        while self._next_is("&&"):
            result = self._term() and result
        return result

    def _term(self) -> bool:
        if self._next_is("("):
            result = self._any()
            if not self._next_is(")"):
                raise self._unknown()
            return result
        if len(self.tokens) < 3 or not self.tokens[0].startswith("$") or self.tokens[1] not in ("=", "!="):
            raise self._unknown()
        selector, comparison, value, *self.tokens = self.tokens
        if not re.match(r'["\d-]', value):
            raise self._unknown()
        found = field(self.event, selector)
        if found is None:
            return False
        return _equal(found, value) == (comparison == "=")

    def _next_is(self, token: str) -> bool:
        if self.tokens[:1] != [token]:
            return False
        del self.tokens[0]
        return True

    def _unknown(self) -> UnknownPattern:
        return _unknown("cannot evaluate", self.pattern)


def _equal(found: Any, value: str) -> bool:
    if not value.startswith('"'):
        return isinstance(found, int | float) and float(found) == float(value)
    wanted = json.loads(value).replace("[", "[[]").replace("?", "[?]")
    return isinstance(found, str) and fnmatch.fnmatchcase(found, wanted)
