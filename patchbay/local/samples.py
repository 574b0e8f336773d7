"""Fills the tables of the embedded AWS with the samples' made-up customers."""

import json
from typing import Any

from boto3.dynamodb.types import TypeSerializer

from patchbay.aws import Aws
from patchbay.config import Environment


def load(environment: Environment, aws: Aws) -> int:
    """Writes each function's `sample_data.json` into its group's home Region; gives the count."""
    written = 0
    for group in environment.region_groups.values():
        tables = environment.tables_of(group)
        client = aws.client("dynamodb", group.home)
        for function, _ in environment.wired(group.preferred):
            for table, items in _data(environment, function.name).items():
                for item in items if table in tables else []:
                    client.put_item(TableName=environment.names.table(table), Item=_typed(item))
                    written += 1
    return written


def _data(environment: Environment, function: str) -> dict[str, list[dict[str, Any]]]:
    path = environment.root / "lambdas" / function / "sample_data.json"
    found: dict[str, list[dict[str, Any]]] = json.loads(path.read_text()) if path.exists() else {}
    return found


def _typed(item: dict[str, Any]) -> dict[str, Any]:
    serialize = TypeSerializer().serialize
    return {key: serialize(value) for key, value in item.items()}
