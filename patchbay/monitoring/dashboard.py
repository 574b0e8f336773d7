"""The dashboard of one instance: its flows, and the Lambda side of every function that it lists."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from patchbay.config import Environment, Instance
from patchbay.limits import DASHBOARD_METRICS_MAX, DASHBOARD_WIDGETS_MAX
from patchbay.monitoring import flow_widgets, function_widgets
from patchbay.monitoring.flow_widgets import FlowSide
from patchbay.monitoring.function_widgets import SITE_METRICS, Site
from patchbay.monitoring.widgets import Place, Widget, rows, text
from patchbay.naming import flow_log_group

_FIXED = 6
"""The text, the graphs and the table that every dashboard has."""
_FIXED_METRICS = 8
"""Without those by function."""
MOST_SITES = min(
    (DASHBOARD_WIDGETS_MAX - _FIXED) // 2,
    (DASHBOARD_METRICS_MAX - _FIXED_METRICS) // SITE_METRICS,
)
"""How many functions in how many Regions one dashboard has room for: two graphs each."""


def body(environment: Environment, instance: Instance) -> dict[str, Any]:
    """The `DashboardBody`, as data."""
    side = _side(environment, instance)
    found = list(sites(environment, instance))
    shown = found[:MOST_SITES]
    head, row = rows([text(_words(environment, instance, len(found)))], width=24, height=4, top=0)
    flows, row = rows(flow_widgets.graphs(side), width=12, height=6, top=row)
    reasons, row = rows([flow_widgets.reasons(side)], width=24, height=6, top=row)
    functions, _ = rows(_graphs(shown), width=12, height=6, top=row)
    return {"start": "-PT12H", "periodOverride": "inherit", "widgets": [*head, *flows, *reasons, *functions]}


def sites(environment: Environment, instance: Instance) -> Iterator[Site]:
    """Every function that the instance lists, in each Region of its group: the one with the calls first."""
    group = environment.group(instance)
    account = environment.account if environment.account != instance.arn.account else None
    duties = {group.fallback: "fallback", group.preferred: "carries the calls"}
    for region in dict.fromkeys((group.preferred, group.fallback, *group.regions)):
        duty = duties.get(region, "in reserve")
        for function in environment.functions_of(instance):
            yield Site(
                f"{function.name} in {region} ({duty})",
                environment.names.function(function.name),
                function.kind,
                function.time_limit_seconds,
                Place(region, account),
            )


def _side(environment: Environment, instance: Instance) -> FlowSide:
    return FlowSide(
        instance.arn.instance_id,
        instance.arn.region,
        environment.names.flow_metrics(instance.name),
        flow_log_group(instance.alias),
    )


def _graphs(shown: Sequence[Site]) -> list[Widget]:
    pairs = ((function_widgets.calls(site), function_widgets.duration(site)) for site in shown)
    return list(chain.from_iterable(pairs))


def _words(environment: Environment, instance: Instance, count: int) -> str:
    lines = [
        f"# {environment.app} {environment.name}: {instance.name}",
        f"Instance `{instance.arn}`. Flows write to `{flow_log_group(instance.alias)}` where the instance "
        "has flow logs enabled and the flow sets its logging behavior; else the graphs of Lambda blocks stay "
        "empty.",
        "Lines with a version are there only while a release splits the alias; the others are what callers "
        f"meet. What failed, and why: `patchbay explain --recent --env {environment.name}`, "
        f"`patchbay doctor --env {environment.name}`.",
    ]
    if environment.account != instance.arn.account:
        lines.append(
            f"**The functions are in account {environment.account}, this dashboard in "
            f"{instance.arn.account}:** their graphs stay empty until CloudWatch shares that account's "
            "metrics with this one, in each of its Regions (cross-account observability)."
        )
    if count > MOST_SITES:
        lines.append(
            f"**{count - MOST_SITES} graphs of functions are left out:** a dashboard has "
            f"{DASHBOARD_WIDGETS_MAX} widgets and {DASHBOARD_METRICS_MAX} metrics at most."
        )
    return "\n\n".join(lines)
