"""Everything that watches one Connect instance, in its Region and account."""

from constructs import Construct

from patchbay.config import Environment, Instance
from patchbay.monitoring import dashboard
from patchbay.monitoring.queries import FLOW_QUERIES
from patchbay.naming import flow_log_group
from stacks.components.flow_alarms import FlowAlarms
from stacks.components.flow_dashboard import FlowDashboard
from stacks.components.flow_filters import FlowFilters
from stacks.components.flow_log_group import FlowLogGroup
from stacks.components.saved_queries import SavedQueries


class FlowMonitoring(Construct):
    """Counts in the flow log, alarms, saved queries and a dashboard."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment, instance: Instance) -> None:
        super().__init__(scope, id_)
        names, name = environment.names, flow_log_group(instance.alias)
        group = FlowLogGroup(self, "LogGroup", name=name)
        FlowFilters(self, "Filters", group=group, namespace=names.flow_metrics(instance.name))
        FlowAlarms(self, "Alarms", environment=environment, instance=instance)
        queries = SavedQueries(
            self,
            "Queries",
            names=names,
            folder=instance.name,
            queries=FLOW_QUERIES,
            log_groups=lambda _query: [name],
        )
        # PutQueryDefinition knows a ResourceNotFoundException, and not of what.
        group.goes_before(queries)
        FlowDashboard(self, "Dashboard", instance=instance.arn, body=dashboard.body(environment, instance))
