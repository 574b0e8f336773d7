"""Whether a function's resource policy lets Connect, or a Lex V2 bot, invoke it.

Source: IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements: Condition operators".
Only what such a request carries can match: its service principal, the action, the qualified ARN and the
keys aws:SourceAccount and aws:SourceArn. A statement with NotPrincipal, NotAction or NotResource, which
AddPermission never writes, matches nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from patchbay.arns import Arn

CONNECT = "connect.amazonaws.com"
LEX = "lexv2.amazonaws.com"
ACTION = "lambda:InvokeFunction"

Statement = Mapping[str, object]


@dataclass(frozen=True)
class Request:
    """A service's request to invoke."""

    resource: str
    source: Arn
    """The Connect instance, or the Lex bot alias."""
    principal: str = CONNECT

    @property
    def context(self) -> dict[str, str]:
        """The condition keys, in lower case: IAM does not tell their case apart."""
        return {"aws:sourceaccount": self.source.account, "aws:sourcearn": str(self.source)}


def refusal(policy: Mapping[str, object] | None, request: Request) -> str | None:
    """Why the policy does not let the request through; None where it does. A Deny wins over every Allow."""
    statements = _statements(policy)
    if not statements:
        return f"{request.resource} has no resource policy"
    matching = [statement for statement in statements if _matches(statement, request)]
    denied = [statement for statement in matching if statement.get("Effect") == "Deny"]
    if denied:
        return f"statement {denied[0].get('Sid', 'without Sid')!r} denies it"
    if any(statement.get("Effect") == "Allow" for statement in matching):
        return None
    return f"no statement allows {request.principal} with {_shown(request)}: {_nearest(statements, request)}"


def _statements(policy: Mapping[str, object] | None) -> list[Statement]:
    found = (policy or {}).get("Statement", [])
    listed = [found] if isinstance(found, Mapping) else found
    return [s for s in listed if isinstance(s, Mapping)] if isinstance(listed, list) else []


def _shown(request: Request) -> str:
    return f"source account {request.source.account} and source ARN {request.source}"


def _nearest(statements: list[Statement], request: Request) -> str:
    """What to look at: a statement for the service whose resource or conditions do not fit, if any."""
    for statement in statements:
        if _principal(statement, request) and _action(statement):
            wrong = "conditions" if _resource(statement, request) else "resource"
            return f"the {wrong} of statement {statement.get('Sid', 'without Sid')!r} do not fit"
    return f"it has no statement for {'Connect' if request.principal == CONNECT else 'Lex'}"


def _matches(statement: Statement, request: Request) -> bool:
    return (
        _principal(statement, request)
        and _action(statement)
        and _resource(statement, request)
        and _conditions(statement.get("Condition"), request.context)
    )


def _principal(statement: Statement, request: Request) -> bool:
    principal = statement.get("Principal")
    if isinstance(principal, Mapping):
        return request.principal in _listed(principal.get("Service")) or "*" in _listed(principal.get("AWS"))
    return principal == "*"


def _action(statement: Statement) -> bool:
    return any(_like(pattern.lower(), ACTION.lower()) for pattern in _listed(statement.get("Action")))


def _resource(statement: Statement, request: Request) -> bool:
    return any(_like(pattern, request.resource) for pattern in _listed(statement.get("Resource")))


def _conditions(condition: object, context: Mapping[str, str]) -> bool:
    """Every operator and every key of it must hold; one value of a key is enough."""
    if not isinstance(condition, Mapping):
        return True
    return all(
        _holds(operator, context.get(str(key).lower()), _listed(values))
        for operator, keys in condition.items()
        for key, values in keys.items()
    )


def _holds(operator: str, actual: str | None, values: list[str]) -> bool:
    bare = operator.split(":")[-1].removesuffix("IfExists")
    if bare == "Null":
        return str(actual is None).lower() in (value.lower() for value in values)
    if actual is None:
        return operator.endswith("IfExists") or operator.startswith("ForAllValues:") or "Not" in bare
    test = _OPERATORS.get(bare.replace("Not", ""))
    if test is None:  # numbers, dates and addresses: nothing of that kind is in the request
        return False
    return any(test(value, actual) for value in values) != ("Not" in bare)


def _like(pattern: str, text: str) -> bool:
    """IAM's wildcards: `*` for any characters, `?` for one."""
    translated = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(translated, text, re.DOTALL) is not None


def _arn_like(pattern: str, arn: str) -> bool:
    """Each of an ARN's six parts on its own; ArnEquals and ArnLike are the same."""
    patterns, parts = pattern.split(":", 5), arn.split(":", 5)
    return len(patterns) == len(parts) and all(map(_like, patterns, parts))


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": str.__eq__,
    "StringEqualsIgnoreCase": lambda value, actual: value.lower() == actual.lower(),
    "StringLike": _like,
    "ArnEquals": _arn_like,
    "ArnLike": _arn_like,
}


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return (
        [str(v) for v in value]
        if isinstance(value, Iterable) and not isinstance(value, str)
        else [str(value)]
    )
