"""Circles, order and reachability, held against the plain definitions on many small flows."""

import random

import pytest

from patchbay.lint.graph import Graph
from patchbay.simulator import flow as flows
from tests.lint.flows import compare, flow


def graph(seed: int) -> Graph:
    """A flow of up to nine blocks with random ways."""
    rng = random.Random(seed)
    names = [f"b{n}" for n in range(rng.randint(1, 9))]
    blocks = [
        compare(
            name, "$.Channel", {str(n): rng.choice(names) for n in range(rng.randint(0, 2))}, otherwise="End"
        )
        for name in names
    ]
    return Graph.of(flows.load(flow(*blocks), "x"))


def reached(graph: Graph, block: str) -> set[str]:
    """Every block that one or more steps lead to."""
    found: set[str] = set()
    step = {edge.target for edge in graph.edges[block]}
    while step - found:
        found |= step
        step = {edge.target for name in step for edge in graph.edges[name]}
    return found


@pytest.mark.parametrize("seeds", [range(start, start + 100) for start in (0, 100, 200)], ids=str)
def test_a_part_is_what_leads_to_each_other_and_edges_lead_back_in_the_list(seeds: range) -> None:
    for seed in seeds:
        found = graph(seed)
        parts = found.parts(lambda _: True)
        place = {block: number for number, part in enumerate(parts) for block in part.blocks}

        assert set(place) == found.blocks
        for one in found.blocks:
            mine = reached(found, one)
            assert parts[place[one]].is_circle == (one in mine)
            for other in found.blocks - {one}:
                assert (place[one] == place[other]) == (other in mine and one in reached(found, other))
            assert all(place[edge.target] <= place[one] for edge in found.edges[one])


def test_only_what_the_start_leads_to_is_walked() -> None:
    blocks = [compare("a", "$.Channel", {}), compare("b", "$.Channel", {"1": "a"})]

    assert Graph.of(flows.load(flow(*blocks), "x")).blocks == {"a", "End"}


def test_blocks_and_edges_may_be_left_out() -> None:
    blocks = [compare("a", "$.Channel", {"1": "b"}), compare("b", "$.Channel", {"1": "a"})]
    found = Graph.of(flows.load(flow(*blocks), "x"))

    assert [part.is_circle for part in found.parts(lambda _: True, without=["b"])] == [False, False]
    assert not any(part.is_circle for part in found.parts(lambda edge: edge.is_error))
    assert any(part.is_circle for part in found.parts(lambda _: True))
