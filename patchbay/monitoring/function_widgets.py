"""What a dashboard shows of a function in one of its Regions: its calls, and its time limit."""

from dataclasses import dataclass

from patchbay.functions import Kind
from patchbay.monitoring.widgets import Axis, Metric, Place, Widget, expression, graph, metric, search
from patchbay.naming import LIVE

PERIOD_SECONDS = 300
_LAMBDA = "AWS/Lambda"
_BY_VERSION = f"{_LAMBDA},ExecutedVersion,FunctionName,Resource"
_LIMIT = {Kind.FLOW: "the block's time limit", Kind.LEX: "its timeout", Kind.WORKER: "its timeout"}

SITE_METRICS = 9
"""How many metrics a function in a Region brings: four through the alias, two searches that find two versions
each while it is split (more where there were releases in the last two weeks), and one of failed blocks."""


@dataclass(frozen=True)
class Site:
    """A function in a Region."""

    title: str
    function_name: str
    kind: Kind
    limit_seconds: int
    place: Place

    @property
    def alias(self) -> dict[str, str]:
        """The dimensions of what callers meet. AWS documents them as Resource, ExecutedVersion and
        FunctionName (Lambda developer guide, "Using CloudWatch metrics with Lambda")."""
        return {"FunctionName": self.function_name, "Resource": f"{self.function_name}:{LIVE}"}

    def by_version(self, name: str, stat: str) -> Metric:
        """Each version's own line; Lambda writes these metrics only while the alias is split."""
        filters = f'MetricName="{name}" FunctionName="{self.function_name}"'
        text = search(_BY_VERSION, filters, stat, PERIOD_SECONDS)
        return expression(self.place, text, label=f"{name}, version ${{PROP('Dim.ExecutedVersion')}}")


def calls(site: Site) -> Widget:
    """Invocations, errors and throttles through the alias, and errors by version."""
    totals = [
        metric(site.place, _LAMBDA, name, site.alias, label=name)
        for name in ("Invocations", "Errors", "Throttles")
    ]
    metrics = [*totals, site.by_version("Errors", "Sum")]
    return graph(f"{site.title}: calls", site.place, metrics, axis=Axis("calls"))


def duration(site: Site) -> Widget:
    """The slowest percent, through the alias and by version, with the limit as a line."""
    limit = Axis("ms", site.limit_seconds * 1000, f"{_LIMIT[site.kind]}, {site.limit_seconds} s")
    p99 = metric(site.place, _LAMBDA, "Duration", site.alias, label="p99")
    metrics = [p99, site.by_version("Duration", "p99")]
    return graph(f"{site.title}: duration", site.place, metrics, axis=limit, stat="p99")
