"""Resource policies of Lambda, parsed.

Source: IAM user guide, "IAM JSON policy elements". `patchbay.simulator.policies` decides by the same rules
whether a call goes through; here they are only taken apart.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from patchbay.live.model import Policy, Statement

_ACCOUNT, _ARN = "aws:sourceaccount", "aws:sourcearn"
"""Condition keys in lower case: IAM does not tell their case apart."""
_EQUAL = ("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike")
"""Without a wildcard these ask for one value; with IfExists or ForAnyValue they also hold without it."""


def parse(text: str, revision: str, belongs: Callable[[str], bool] = lambda _: True) -> Policy | None:
    """GetPolicy's answer, with those statements whose resource belongs; None where there are none.

    The embedded AWS answers for the bare function with the statements of its aliases too.
    """
    document = json.loads(text)
    everything = _statements(document)
    kept = [statement for statement in everything if belongs(str(statement.get("Resource", "")))]
    if not kept:
        return None
    if len(kept) < len(everything):
        text = json.dumps({**document, "Statement": kept}, separators=(",", ":"))
    return Policy(tuple(map(statement, kept)), len(text.encode()), revision)


def statement(raw: Mapping[str, Any]) -> Statement:
    """One statement. It is exact whoever its principal is, and only if it allows."""
    conditions = _conditions(raw.get("Condition"))
    account, arn = _only(conditions, _ACCOUNT), _only(conditions, _ARN)
    return Statement(
        sid=str(raw.get("Sid", "")),
        principal=_principal(raw),
        actions=tuple(_listed(raw.get("Action"))),
        resource=", ".join(_listed(raw.get("Resource"))),
        source_account=account,
        source_arn=arn,
        exact=raw.get("Effect") == "Allow" and _is_exact(conditions, account, arn),
        raw=raw,
    )


_Condition = tuple[str, str, list[str]]
"""Operator, key in lower case, values."""


def _statements(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = document.get("Statement", [])
    return [found] if isinstance(found, Mapping) else list(found)


def _conditions(condition: object) -> list[_Condition]:
    if not isinstance(condition, Mapping):
        return []
    return [
        (str(operator), str(key).lower(), _listed(values))
        for operator, keys in condition.items()
        for key, values in keys.items()
    ]


def _only(conditions: Iterable[_Condition], key: str) -> str | None:
    """The value that the key must have, where the statement asks for one (or a pattern)."""
    values = {
        value
        for operator, asked, given in conditions
        for value in given
        if asked == key and operator in _EQUAL
    }
    return values.pop() if len(values) == 1 else None


def _is_exact(conditions: list[_Condition], account: str | None, arn: str | None) -> bool:
    keys = {key for _, key, _ in conditions}
    operators = {operator for operator, _, _ in conditions}
    plain = keys == {_ACCOUNT, _ARN} and operators <= set(_EQUAL)
    return plain and bool(account and arn) and not set("*?") & set(f"{account}{arn}")


def _principal(raw: Mapping[str, Any]) -> str:
    """A service's or an account's as it is written; `*` for everybody; empty for NotPrincipal."""
    principal = raw.get("Principal")
    if isinstance(principal, Mapping):
        return ", ".join(name for names in principal.values() for name in _listed(names))
    return str(principal or "")


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
