"""Widgets of a CloudWatch dashboard, as data.

Shape: CloudWatch API reference, "Dashboard Body Structure and Syntax". Every widget names its Region.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Widget = dict[str, Any]
Metric = list[Any]
"""Namespace, name, dimension names and values in turn, and the options; or the options with an expression."""


@dataclass(frozen=True)
class Place:
    """Where a widget's metrics are."""

    region: str
    account: str | None = None
    """Of another account than the dashboard's."""

    @property
    def options(self) -> dict[str, str]:
        """What each metric of another account carries."""
        return {"region": self.region, "accountId": self.account} if self.account else {}


@dataclass(frozen=True)
class Axis:
    """A graph's axis and a line across it."""

    label: str
    limit: float | None = None
    limit_label: str = ""


def metric(
    place: Place, namespace: str, name: str, dimensions: Mapping[str, str], **options: object
) -> Metric:
    """One metric of a graph."""
    flat = [text for pair in dimensions.items() for text in pair]
    return [namespace, name, *flat, {**options, **place.options}]


def expression(place: Place, text: str, **options: object) -> Metric:
    """Metric math, a SEARCH or a Metrics Insights query."""
    return [{"expression": text, **options, **place.options}]


def search(schema: str, filters: str, stat: str, period_seconds: int) -> str:
    """A SEARCH expression (CloudWatch user guide, "Search expression syntax"): what exists is drawn."""
    return f"SEARCH('{{{schema}}} {filters}', '{stat}', {period_seconds})"


def graph(
    title: str,
    place: Place,
    metrics: Sequence[Metric],
    *,
    axis: Axis,
    stat: str = "Sum",
    period_seconds: int = 300,
) -> Widget:
    """A time series."""
    properties: dict[str, Any] = {
        "title": title,
        "view": "timeSeries",
        "region": place.region,
        "stat": stat,
        "period": period_seconds,
        "metrics": list(metrics),
        "yAxis": {"left": {"label": axis.label, "min": 0, "showUnits": False}},
    }
    if axis.limit is not None:
        properties["annotations"] = {"horizontal": [{"value": axis.limit, "label": axis.limit_label}]}
    return {"type": "metric", "properties": properties}


def table(title: str, region: str, log_group: str, query: str) -> Widget:
    """The answer of a Logs Insights query."""
    source = f"SOURCE '{log_group}' | {query}"
    return {
        "type": "log",
        "properties": {"title": title, "view": "table", "region": region, "query": source},
    }


def text(markdown: str) -> Widget:
    """Markdown."""
    return {"type": "text", "properties": {"markdown": markdown}}


def rows(widgets: Sequence[Widget], *, width: int, height: int, top: int) -> tuple[list[Widget], int]:
    """Widgets of one size side by side, from row `top` down; and the row below them. A grid is 24 wide."""
    across = 24 // width
    placed = [
        {
            "type": widget["type"],
            "x": i % across * width,
            "y": top + i // across * height,
            "width": width,
            "height": height,
            "properties": widget["properties"],
        }
        for i, widget in enumerate(widgets)
    ]
    return placed, top + -(-len(widgets) // across) * height
