"""The data tables of a Region group: made in one Region, replicated to the others."""

from aws_cdk import RemovalPolicy, aws_dynamodb
from constructs import Construct

from patchbay.config import RegionGroup
from patchbay.functions import Table
from patchbay.naming import Names, construct_id


class Tables(Construct):
    """Every table that the Region's functions use, by name.

    The group's home Region owns a table with its replicas; the others know it by its name, which is
    the same everywhere. Callers' data never leaves the group.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        region: str,
        group: RegionGroup,
        tables: dict[str, Table],
        names: Names,
    ) -> None:
        super().__init__(scope, id_)
        make = self._own if region == group.home else self._known
        self.tables = {
            key: make(construct_id(key), names.table(key), table, group) for key, table in tables.items()
        }

    def _own(self, id_: str, name: str, table: Table, group: RegionGroup) -> aws_dynamodb.ITable:
        return aws_dynamodb.TableV2(
            self,
            id_,
            table_name=name,
            partition_key=aws_dynamodb.Attribute(
                name=table.partition_key, type=aws_dynamodb.AttributeType.STRING
            ),
            time_to_live_attribute=table.time_to_live,
            billing=aws_dynamodb.Billing.on_demand(),
            point_in_time_recovery_specification=aws_dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            replicas=[
                aws_dynamodb.ReplicaTableProps(region=region)
                for region in group.regions
                if region != group.home
            ],
            # Named: a failed first deploy must be repeatable, a later one must not lose callers' data.
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )

    def _known(self, id_: str, name: str, _table: Table, _group: RegionGroup) -> aws_dynamodb.ITable:
        return aws_dynamodb.TableV2.from_table_name(self, id_, name)
