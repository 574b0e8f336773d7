"""How long functions may keep a caller in silence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from patchbay.limits import BLOCK_TIME_LIMIT_SECONDS, CHAIN_SECONDS
from patchbay.lint.action_types import WAITING, is_prompt
from patchbay.lint.graph import Edge, Part
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot

_SILENCE_SECONDS = BLOCK_TIME_LIMIT_SECONDS[1]


@dataclass(frozen=True)
class Chain:
    """Functions with no prompt between them."""

    seconds: int = 0
    blocks: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """The blocks, for a sentence."""
        return " and ".join(map(repr, self.blocks))

    def __str__(self) -> str:
        return f"{self.names} may take {self.seconds} s with no prompt between them"


@dataclass(frozen=True)
class Step:
    """A chain that ends at these blocks, with and without them."""

    before: Chain
    after: Chain

    def passes(self, seconds: int) -> bool:
        """Whether it is here that the chain grows longer than that."""
        return self.before.seconds <= seconds < self.after.seconds


def _every(_: Edge) -> bool:
    return True


def _seconds(chain: Chain) -> int:
    return chain.seconds


def _breaks(flow: LintedFlow) -> set[str]:
    """The blocks that end a chain."""
    return {name for name, action in flow.actions.items() if is_prompt(action) or action.type in WAITING}


def _walk(flow: LintedFlow, parts: Iterable[Part], weigh: Callable[[Part], Chain]) -> Iterator[Step]:
    """The longest chain up to each part; the parts come in the order in which they are walked."""
    chains: dict[str, Chain] = {}
    for part in parts:
        leading = (
            chains[name] for name in chains if any(e.target in part.blocks for e in flow.graph.edges[name])
        )
        before, own = max(leading, key=_seconds, default=Chain()), weigh(part)
        after = Chain(before.seconds + own.seconds, before.blocks + own.blocks) if own.seconds else before
        chains |= dict.fromkeys(part.blocks, after)
        yield Step(before, after)


@lru_cache(maxsize=8)
def _steps(flow: LintedFlow) -> tuple[Step, ...]:
    parts = reversed(flow.graph.parts(_every, without=_breaks(flow)))
    return tuple(_walk(flow, parts, lambda part: _weight(flow, part)))


def _weight(flow: LintedFlow, part: Part) -> Chain:
    """What a part adds; a circle as often as its Loop blocks let it go round."""
    if not part.is_circle:
        return _once(flow, part)
    inner = _inner(flow, part)
    if _endless(flow, inner):  # told on its own
        return Chain()
    steps = _walk(flow, reversed(inner), lambda one: _once(flow, one))
    longest = max((step.after for step in steps), key=_seconds, default=Chain())
    return Chain(longest.seconds * _rounds(flow, part), longest.blocks)


def _once(flow: LintedFlow, part: Part) -> Chain:
    blocks = tuple(name for name in part.blocks if name in flow.invocations)
    return Chain(sum(flow.invocations[name].seconds for name in blocks), blocks)


def _loops(flow: LintedFlow, part: Part) -> set[str]:
    return {name for name in part.blocks if flow.actions[name].type == "Loop"}


def _inner(flow: LintedFlow, part: Part) -> list[Part]:
    """What is left of a circle without its Loop blocks."""
    outside = set(flow.graph.blocks) - set(part.blocks)
    return flow.graph.parts(_every, without=outside | _loops(flow, part))


def _endless(flow: LintedFlow, parts: Iterable[Part]) -> list[Chain]:
    """The circles with functions that no Loop block ends."""
    chains = (_once(flow, part) for part in parts if part.is_circle)
    return [chain for chain in chains if chain.seconds]


def _rounds(flow: LintedFlow, part: Part) -> int:
    """How often a circle may be walked; once where that cannot be told."""
    loops = _loops(flow, part)
    counts = [str(flow.actions[name].parameters.get("LoopCount")) for name in loops]
    if not all(count.isdecimal() for count in counts):
        return 1
    outside = flow.graph.blocks - set(part.blocks)
    entries = {flow.graph.start} | {edge.target for name in outside for edge in flow.graph.edges[name]}
    return prod(map(int, counts)) + (0 if entries & set(part.blocks) <= loops else 1)


def _find_long(flow: LintedFlow) -> Iterator[Spot]:
    for part in flow.graph.parts(_every, without=_breaks(flow)):
        for circle in _endless(flow, _inner(flow, part)) if part.is_circle else ():
            first = next(name for name in flow.actions if name in circle.blocks)
            yield Spot(first, f"round and round with no prompt between: {circle.names}")
    for step in _steps(flow):
        if step.passes(CHAIN_SECONDS):
            yield Spot(step.after.blocks[-1], str(step.after))


def _find_silence(flow: LintedFlow) -> Iterator[Spot]:
    for step in _steps(flow):
        if step.passes(_SILENCE_SECONDS) and not step.passes(CHAIN_SECONDS):
            yield Spot(step.after.blocks[-1], str(step.after))


_FIX = "play a prompt before it"

RULES = (
    Rule(
        "chain-limit",
        Severity.ERROR,
        f"No way has more than {CHAIN_SECONDS} s of functions without a prompt between them.",
        f"Connect ends a chain of functions after {CHAIN_SECONDS} s with the Error branch.",
        _FIX,
        _find_long,
    ),
    Rule(
        "long-silence",
        Severity.WARNING,
        f"No way has more than {_SILENCE_SECONDS} s of functions without a prompt between them.",
        "The caller hears nothing for so long, takes the line for dead and hangs up.",
        _FIX,
        _find_silence,
    ),
)
