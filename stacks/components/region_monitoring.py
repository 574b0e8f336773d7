"""What watches the functions of one Region together; each has alarms of its own besides."""

from collections.abc import Mapping, Sequence

from constructs import Construct

from patchbay.functions import Function
from patchbay.monitoring.queries import function_queries
from patchbay.naming import Names
from stacks.components.alarm_notice import Notice
from stacks.components.concurrency_alarm import ConcurrencyAlarm, ThrottleAlarms
from stacks.components.saved_queries import SavedQueries


class RegionMonitoring(Construct):
    """Saved queries on the functions' logs, and alarms on throttles and on concurrency."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        names: Names,
        functions: Sequence[Function],
        log_groups: Mapping[str, str],
        notice: Notice,
    ) -> None:
        super().__init__(scope, id_)
        SavedQueries(
            self,
            "Queries",
            names=names,
            folder="functions",
            queries=function_queries(functions),
            log_groups=lambda query: [log_groups[name] for name in query.functions],
        )
        watched = [names.function(function.name) for function in functions]
        ThrottleAlarms(self, "Throttles", function_names=watched, notice=notice)
        ConcurrencyAlarm(self, "Concurrency", notice=notice)
