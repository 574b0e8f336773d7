"""Whose answer `$.External` may hold where a block reads it: facts that flow along the ways.

Each invocation that succeeds replaces `$.External` whole (Amazon Connect administrator guide, "Invoke AWS
Lambda functions"). What it holds after one that failed is not documented.
"""

from dataclasses import dataclass
from functools import lru_cache

from patchbay.lint.action_types import TYPES
from patchbay.lint.graph import NEXT, Edge
from patchbay.lint.linted_flow import INVOKE, LintedFlow
from patchbay.lint.reads import Read, external_reads
from patchbay.simulator.flow import Action

_SOMEBODY = "\0"
"""Stands for a source that cannot be told: a module, an asynchronous function, a type AWS added."""


@dataclass(frozen=True)
class Last:
    """Where `$.External` may come from on entering a block."""

    block: str | None
    """The last Invoke block that succeeded; None where none did."""
    failed: str | None = None
    """The Invoke block that has failed since."""


@dataclass(frozen=True)
class Place:
    """One read, with every source that it may meet."""

    block: str
    read: Read
    sources: frozenset[Last]


@lru_cache(maxsize=8)
def places(flow: LintedFlow) -> tuple[Place, ...]:
    """Every read of a key whose sources are all known, in the flow's order."""
    lasts = flow.graph.facts(Last(None), lambda edge, last: [_along(flow, edge, last)])
    return tuple(
        Place(block, read, sources)
        for block, sources in lasts.items()
        for read in external_reads(flow.actions[block].parameters)
        if read.key and Last(_SOMEBODY) not in sources
    )


def _along(flow: LintedFlow, edge: Edge, last: Last) -> Last:
    block = edge.source
    if block.type == INVOKE:
        if edge.branch != NEXT:
            return Last(last.block, failed=block.identifier)
        return Last(_SOMEBODY if flow.invocations[block.identifier].is_asynchronous else block.identifier)
    return Last(_SOMEBODY) if _may_invoke(block) else last


def _may_invoke(block: Action) -> bool:
    return block.type == "InvokeFlowModule" or block.type not in TYPES
