"""Everything that watches one Connect instance, in its Region and account."""

from constructs import Construct

from patchbay.config import Environment, Instance
from patchbay.functions import Kind
from patchbay.monitoring import dashboard
from patchbay.monitoring.queries import FLOW_QUERIES, SLOWEST_RUNS, Query, timeouts
from patchbay.naming import flow_log_group
from stacks.components.flow_alarms import FlowAlarms
from stacks.components.flow_dashboard import FlowDashboard
from stacks.components.flow_filters import FlowFilters
from stacks.components.flow_log_group import FlowLogGroup
from stacks.components.flow_queries import SavedQueries


class FlowMonitoring(Construct):
    """Counts in the flow log, alarms, saved queries and a dashboard."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment, instance: Instance) -> None:
        super().__init__(scope, id_)
        names, name = environment.names, flow_log_group(instance.alias)
        group = FlowLogGroup(self, "LogGroup", name=name)
        FlowFilters(self, "Filters", group=group, namespace=names.flow_metrics(instance.name))
        FlowAlarms(self, "Alarms", environment=environment, instance=instance)
        SavedQueries(
            self, "Queries", names=names, instance=instance.name, queries=FLOW_QUERIES, log_groups=[name]
        )
        SavedQueries(
            self,
            "FunctionQueries",
            names=names,
            instance=instance.name,
            queries=_function_queries(environment, instance),
        )
        FlowDashboard(self, "Dashboard", instance=instance.arn, body=dashboard.body(environment, instance))


def _function_queries(environment: Environment, instance: Instance) -> tuple[Query, ...]:
    """Only where a Region of the functions is the instance's: a saved query finds logs beside it alone."""
    here = (instance.arn.account, instance.arn.region)
    if here not in [(environment.account, region) for region in environment.group(instance).regions]:
        return ()
    functions = environment.functions_of(instance, Kind.FLOW)
    return (SLOWEST_RUNS, *timeouts(functions)) if functions else ()
