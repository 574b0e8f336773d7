"""What a dashboard shows of an instance's flows."""

from dataclasses import dataclass

from patchbay.monitoring.alarms import FATAL_ERRORS, FLOW_ERRORS, of_instance
from patchbay.monitoring.flow_metrics import DIMENSION, FAILED, TOTAL
from patchbay.monitoring.queries import ERRORS
from patchbay.monitoring.widgets import Axis, Place, Widget, expression, graph, metric, search, table

PERIOD_SECONDS = 300


@dataclass(frozen=True)
class FlowSide:
    """Where the flows of one instance are seen."""

    instance_id: str
    region: str
    namespace: str
    log_group: str

    @property
    def place(self) -> Place:
        """The instance's Region, in the dashboard's own account."""
        return Place(self.region)


def graphs(side: FlowSide) -> list[Widget]:
    """How many Lambda blocks ran and failed, which functions they name, and the errors of whole flows."""
    return [_blocks(side), _share(side), _by_function(side), _flow_errors(side)]


def reasons(side: FlowSide) -> Widget:
    """The errors by function and reason, as a table."""
    return table(
        "Lambda blocks that failed, by function and reason", side.region, side.log_group, ERRORS.text
    )


def _blocks(side: FlowSide) -> Widget:
    metrics = [metric(side.place, side.namespace, name, {}, label=name) for name in (TOTAL, FAILED)]
    return graph("Lambda blocks in flows", side.place, metrics, axis=Axis("blocks"))


def _share(side: FlowSide) -> Widget:
    parts = [
        metric(side.place, side.namespace, name, {}, id=key, visible=False)
        for key, name in (("total", TOTAL), ("failed", FAILED))
    ]
    share = expression(
        side.place, "IF(total > 0, 100 * failed / total, 0)", id="share", label="failed, % of Lambda blocks"
    )
    return graph(
        "Failed share of Lambda blocks, hour by hour",
        side.place,
        [share, *parts],
        axis=Axis("%"),
        period_seconds=3_600,
    )


def _by_function(side: FlowSide) -> Widget:
    schema = f'"{side.namespace}",{DIMENSION}'
    text = search(schema, f'MetricName="{FAILED}"', "Sum", PERIOD_SECONDS)
    found = expression(side.place, text, label=f"${{PROP('Dim.{DIMENSION}')}}")
    return graph("Failed Lambda blocks by function", side.place, [found], axis=Axis("blocks"))


def _flow_errors(side: FlowSide) -> Widget:
    metrics = [
        expression(side.place, of_instance(name, side.instance_id), label=name, period=PERIOD_SECONDS)
        for name in (FLOW_ERRORS, FATAL_ERRORS)
    ]
    return graph("Errors of all flows of the instance", side.place, metrics, axis=Axis("errors"))
