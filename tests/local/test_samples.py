"""The made-up customers in the tables of an embedded AWS."""

import json

from patchbay import environments
from patchbay.aws import Aws
from patchbay.local import samples
from patchbay.local.process import LocalAws
from tests.local.embedded import PREFERRED, client


def test_each_functions_samples_are_in_the_tables_of_the_preferred_region(local_aws: LocalAws) -> None:
    environment = environments.load("local")
    dynamodb = client(local_aws.url, "dynamodb", PREFERRED)
    for name, table in environment.tables.items():
        dynamodb.create_table(
            TableName=environment.names.table(name),
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": table.partition_key, "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": table.partition_key, "AttributeType": "S"}],
        )
    first = samples.load(environment, Aws(environment, local_aws.url))
    again = samples.load(environment, Aws(environment, local_aws.url))
    assert first == again > 0
    stored = {
        name: dynamodb.scan(TableName=environment.names.table(name))["Count"] for name in environment.tables
    }
    assert 0 < sum(stored.values()) <= first


def test_the_sample_files_fit_the_tables() -> None:
    environment = environments.load("local")
    for path in (environment.root / "lambdas").glob("*/sample_data.json"):
        for table, items in json.loads(path.read_text()).items():
            assert all(environment.tables[table].partition_key in item for item in items)
