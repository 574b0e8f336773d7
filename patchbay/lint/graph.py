"""The ways through a flow: edges, reachability, circles, and facts that flow along the edges.

Everything here is linear in the flow's size, or a fixpoint over small finite sets: no path is listed.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from patchbay.simulator.flow import Action, Flow

Fact = TypeVar("Fact", bound=Hashable)

NEXT = "next"
CONDITION = "condition"


@dataclass(frozen=True)
class Edge:
    """One way on from a block."""

    source: Action
    target: str
    branch: str
    """NEXT, CONDITION, or the error type."""

    @property
    def is_error(self) -> bool:
        """An Error branch, or one for a missing answer."""
        return self.branch not in (NEXT, CONDITION)


@dataclass(frozen=True)
class Graph:
    """What can be walked from the start."""

    start: str
    edges: Mapping[str, tuple[Edge, ...]]
    """By the source's Identifier, for each block that the start reaches."""

    @classmethod
    def of(cls, flow: Flow) -> "Graph":
        """Without the blocks that nothing leads to: nobody walks there."""
        every = {name: tuple(_edges(action)) for name, action in flow.actions.items()}
        reached = _reached(flow.start, every)
        return cls(flow.start, {name: edges for name, edges in every.items() if name in reached})

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Every block that the start reaches."""
        return frozenset(self.edges)

    def facts(
        self, at_start: Fact, along: Callable[[Edge, Fact], Iterable[Fact]]
    ) -> Mapping[str, frozenset[Fact]]:
        """The facts that may hold on entering each block; `along` says what an edge makes of one."""
        known: dict[str, set[Fact]] = {name: set() for name in self.edges}
        known[self.start].add(at_start)
        open_ones = [(self.start, at_start)]
        while open_ones:
            block, fact = open_ones.pop()
            for edge in self.edges[block]:
                for new in along(edge, fact):
                    if new not in known[edge.target]:
                        known[edge.target].add(new)
                        open_ones.append((edge.target, new))
        return {name: frozenset(found) for name, found in known.items()}

    def reached(self, starts: Iterable[Edge], passes: Callable[[Edge], bool]) -> frozenset[str]:
        """The blocks behind these edges, on ways whose every edge may be passed."""
        open_ones = [edge.target for edge in starts]
        found: set[str] = set()
        while open_ones:
            block = open_ones.pop()
            if block not in found:
                found.add(block)
                open_ones += [edge.target for edge in self.edges[block] if passes(edge)]
        return frozenset(found)

    def parts(self, passes: Callable[[Edge], bool], without: Collection[str] = ()) -> list["Part"]:
        """The strongly connected parts of what is left, in an order in which edges lead backwards only."""
        left = {
            name: tuple(e.target for e in edges if passes(e) and e.target not in without)
            for name, edges in self.edges.items()
            if name not in without
        }
        return [Part(tuple(blocks), _is_circle(blocks, left)) for blocks in _tarjan(left)]


@dataclass(frozen=True)
class Part:
    """Blocks that all lead to each other, or a single one."""

    blocks: tuple[str, ...]
    is_circle: bool
    """Whether a way leads from it back into it."""


def _is_circle(blocks: list[str], edges: Mapping[str, tuple[str, ...]]) -> bool:
    return len(blocks) > 1 or blocks[0] in edges[blocks[0]]


def _edges(action: Action) -> Iterator[Edge]:
    if action.next is not None:
        yield Edge(action, action.next, NEXT)
    for condition in action.conditions:
        yield Edge(action, condition.next, CONDITION)
    for error, target in action.errors.items():
        yield Edge(action, target, error)


def _reached(start: str, edges: Mapping[str, tuple[Edge, ...]]) -> set[str]:
    found, open_ones = {start}, [start]
    while open_ones:
        new = {edge.target for edge in edges[open_ones.pop()]} - found
        found |= new
        open_ones += new
    return found


def _tarjan(edges: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """Tarjan's strongly connected components, without recursion: a flow may be long."""
    search = _Search(edges)
    for root in edges:
        if root not in search.index:
            search.run(root)
    return search.found


class _Search:
    def __init__(self, edges: Mapping[str, tuple[str, ...]]) -> None:
        self.edges = edges
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.stack: list[str] = []
        self.found: list[list[str]] = []

    def run(self, root: str) -> None:
        work = [(root, iter(self.edges[root]))]
        self._enter(root)
        while work:
            block, targets = work[-1]
            new = next((t for t in targets if self._see(block, t)), None)
            if new is not None:
                self._enter(new)
                work.append((new, iter(self.edges[new])))
                continue
            work.pop()
            self._leave(block)
            if work:
                above = work[-1][0]
                self.low[above] = min(self.low[above], self.low[block])

    def _see(self, block: str, target: str) -> bool:
        """Whether the target is new; an open one lowers the block."""
        if target not in self.index:
            return True
        if target in self.stack:
            self.low[block] = min(self.low[block], self.index[target])
        return False

    def _enter(self, block: str) -> None:
        self.index[block] = self.low[block] = len(self.index)
        self.stack.append(block)

    def _leave(self, block: str) -> None:
        if self.low[block] == self.index[block]:
            at = self.stack.index(block)
            self.found.append(self.stack[at:])
            del self.stack[at:]
