"""Names of blocks.

Source: Amazon Connect developer guide, "Actions in the Amazon Connect Flow language": Identifier.
"""

from collections.abc import Iterator

from patchbay.limits import BLOCK_IDENTIFIER_MAX_CHARS
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
        if len(block) > BLOCK_IDENTIFIER_MAX_CHARS:
            yield Spot(
                block,
                f"its Identifier has {len(block)} characters, but AWS allows {BLOCK_IDENTIFIER_MAX_CHARS}",
            )


RULES = (
    Rule(
        "identifier",
        Severity.WARNING,
        f"No Identifier holds one of {' '.join(_FORBIDDEN)}, is a word of JavaScript's own, "
        f"or has more than {BLOCK_IDENTIFIER_MAX_CHARS} characters.",
        "AWS's page does not allow them, so Connect may refuse the flow when it is deployed.",
        "rename the block, here and in every transition to it",
        _find,
    ),
)
