"""Statements of a resource policy: whose they are, whom they let in, and in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from patchbay.probe.bench import Bench
from patchbay.probe.things.function import OWN_SID

Statement = Mapping[str, Any]


def is_own_intact(statements: list[dict[str, Any]], bench: Bench) -> bool:
    """Whether the probe's own statement is there with instance and account, as it was added."""
    return any(
        one.get("Sid") == OWN_SID and is_scoped(one, bench) and _condition(one, "aws:sourceaccount")
        for one in statements
    )


def is_scoped(statement: Statement, bench: Bench) -> bool:
    """Whether it lets in Connect alone, and only for exactly this instance."""
    return statement.get("Principal") == {"Service": "connect.amazonaws.com"} and _condition(
        statement, "aws:sourcearn"
    ) == [str(bench.site.arn)]


def worded(statements: list[dict[str, Any]]) -> str:
    """Each with its Sid and conditions."""
    return ", ".join(_worded(one) for one in statements) or "no statement"


def _worded(statement: Statement) -> str:
    conditions = [
        f"{name.rpartition(':')[2]} {value.rpartition('/')[2]}" for name, value in _conditions(statement)
    ]
    return f"Sid {statement.get('Sid')} with {' and '.join(conditions) or 'no condition'}"


def _condition(statement: Statement, key: str) -> list[str]:
    return [value for name, value in _conditions(statement) if name.lower() == key]


def _conditions(statement: Statement) -> Iterator[tuple[str, str]]:
    for operator in statement.get("Condition", {}).values():
        for name, values in operator.items():
            for value in values if isinstance(values, list) else [values]:
                yield name, str(value)
