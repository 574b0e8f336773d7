"""Saved queries of Logs Insights."""

from collections.abc import Callable, Sequence

from aws_cdk import aws_logs
from constructs import Construct

from patchbay.monitoring.queries import Query
from patchbay.naming import Names, construct_id


class SavedQueries(Construct):
    """Queries in one folder, each with the log groups that it reads, which are in its own Region."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        names: Names,
        folder: str,
        queries: Sequence[Query],
        log_groups: Callable[[Query], Sequence[str]],
    ) -> None:
        super().__init__(scope, id_)
        for query in queries:
            aws_logs.CfnQueryDefinition(
                self,
                construct_id(query.title.replace(" ", "_")),
                name=names.saved_query(folder, query.title),
                query_string=query.text,
                log_group_names=list(log_groups(query)),
            )
