"""Names of blocks.

Source: Amazon Connect developer guide, "Actions in the Amazon Connect Flow language": Identifier.
"""

from collections.abc import Iterator

from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot

_FORBIDDEN = r"%:(\/)=$,;[]{}"
_RESERVED = (
    "__proto__",
    "constructor",
    "__defineGetter__",
    "__defineSetter__",
    "toString",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "valueOf",
)


def _find(flow: LintedFlow) -> Iterator[Spot]:
    for block in flow.actions:
        wrong = "".join(dict.fromkeys(character for character in block if character in _FORBIDDEN))
        if wrong:
            yield Spot(block, f"its Identifier holds {' and '.join(map(repr, wrong))}")
        elif block in _RESERVED:
            yield Spot(block, "its Identifier is a word that Connect keeps for itself")


RULES = (
    Rule(
        "identifier",
        Severity.WARNING,
        f"No Identifier holds one of {' '.join(_FORBIDDEN)} or is a word of JavaScript's own.",
        "AWS's page does not allow them, so Connect may refuse the flow when it is deployed.",
        "rename the block, here and in every transition to it",
        _find,
    ),
)
