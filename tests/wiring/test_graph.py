"""From what was read, and what the doctor found, to the graph."""

import pytest

from patchbay.doctor import run
from patchbay.doctor.model import Finding, Place, Status
from patchbay.live.model import Alias, Read, Unread
from patchbay.naming import LIVE
from patchbay.wiring import ids
from patchbay.wiring.model import AliasNode, Graph, Known, Node, Role, Wire
from tests.doctor import scenes as doctor_scenes
from tests.wiring import scenes

WEST = "us-west-2"
EAST = "us-east-1"


def node(graph: Graph, wanted: str) -> Node:
    (found,) = [node for node in graph.nodes if node.id == wanted]
    return found


def alias(graph: Graph, function: str, region: str) -> AliasNode:
    found = node(graph, ids.alias(region, function))
    assert isinstance(found, AliasNode)
    return found


def wires(graph: Graph, flow: str) -> tuple[Wire, ...]:
    return tuple(wire for wire in graph.wires if wire.flow == flow)


def invoking(*arns: str) -> Graph:
    """The pair's tutorial flow with these blocks."""
    return scenes.build(doctor_scenes.with_flow(scenes.pair(), "tutorial", scenes.invoking(*arns)))


TUTORIAL_FLOW = ids.flow("americas", "tutorial")
ARN = scenes.pair().environment.alias_arn


def test_a_healthy_environment_has_nothing_to_tell() -> None:
    scene = scenes.pair()
    graph = scenes.build(scene, run.examine(scene))
    assert graph.notes == ()
    assert all(node.status in (Status.PASS, None) for node in graph.nodes)


def test_a_flow_has_one_wire_to_a_function_whatever_the_number_of_blocks_and_regions() -> None:
    graph = invoking(ARN("tutorial", WEST), ARN("tutorial", EAST), ARN("tutorial", WEST))
    (wire,) = wires(graph, TUTORIAL_FLOW)
    assert wire.function == ids.function("americas", "tutorial")
    assert [(call.region, call.role, call.blocks) for call in wire.calls] == [
        (WEST, Role.PREFERRED, 2),
        (EAST, Role.FALLBACK, 1),
    ]
    assert wire.calls[0].limits == ("4",)
    assert wire.permitted is Known.YES
    assert not wire.fallback_only


def test_a_wire_to_the_fallback_region_alone_says_so() -> None:
    (wire,) = wires(invoking(ARN("tutorial", EAST)), TUTORIAL_FLOW)
    assert wire.fallback_only


@pytest.mark.parametrize(("qualifier", "said"), [("", "no alias"), (":$LATEST", "$LATEST"), (":3", "3")])
def test_a_block_that_does_not_name_the_alias_says_what_it_names(qualifier: str, said: str) -> None:
    bare = ARN("tutorial", WEST).removesuffix(f":{LIVE}")
    (wire,) = wires(invoking(f"{bare}{qualifier}"), TUTORIAL_FLOW)
    assert wire.wrong_name == said


def test_a_function_of_somebody_else_is_drawn_outside_and_as_not_known() -> None:
    foreign = "arn:aws:lambda:eu-west-1:999988887777:function:crm-bridge:prod"
    graph = invoking(foreign, "$.Attributes.arn")
    panel = graph.panels[-1]
    assert panel.id == ids.OUTSIDE
    assert [(f.name, f.where) for f in panel.functions] == [
        ("$.Attributes.arn", ""),
        ("crm-bridge:prod", "999988887777 · eu-west-1"),
    ]
    assert {wire.permitted for wire in wires(graph, TUTORIAL_FLOW)} == {Known.UNKNOWN}


def test_a_flow_that_is_not_one_is_not_known() -> None:
    scene = doctor_scenes.with_flow(scenes.pair(), "tutorial", "not JSON")
    found = node(scenes.build(scene), TUTORIAL_FLOW)
    assert found.status is Status.SKIPPED
    assert "not a flow" in found.notes[0].sentence


def test_an_alias_shows_its_version_and_a_split_with_its_shares() -> None:
    place = doctor_scenes.TUTORIAL
    split = Alias("7", {"8": 0.1}, "", "r")
    scene = doctor_scenes.with_function(scenes.pair(), place, aliases=Read({LIVE: split}))
    graph = scenes.build(scene)
    assert alias(graph, *place).leads == "live → 7 (90 %) / 8 (10 %)"
    assert alias(graph, *place).versions == (("7", 0.9), ("8", 0.1))
    assert alias(graph, "tutorial", EAST).leads == "live → 1"


def test_an_alias_that_is_not_there_and_a_function_that_is_not_there_differ() -> None:
    place = doctor_scenes.TUTORIAL
    scene = doctor_scenes.with_function(scenes.pair(), place, aliases=Read({}))
    assert alias(scenes.build(scene), *place).leads == "no alias live"
    scene = doctor_scenes.with_function(scene, place, configuration=Read(None))
    assert alias(scenes.build(scene), *place).leads == "no such function"


def test_a_missing_permission_is_at_the_alias_and_on_the_wire() -> None:
    scene = doctor_scenes.with_statements(scenes.pair(), doctor_scenes.TUTORIAL, [])
    graph = scenes.build(scene)
    (permit,) = alias(graph, *doctor_scenes.TUTORIAL).permits
    assert permit.invoke is Known.NO
    assert "no resource policy" in permit.why
    assert wires(graph, TUTORIAL_FLOW)[0].permitted is Known.NO


def test_an_alias_that_the_designer_does_not_list_is_told_from_one_that_it_lists() -> None:
    scene = scenes.pair()
    listed = (scene.environment.alias_arn("tutorial", WEST),)
    graph = scenes.build(doctor_scenes.with_instance(scene, associations=Read(listed)))
    assert alias(graph, "tutorial", WEST).permits[0].listed is Known.YES
    assert alias(graph, "tutorial", EAST).permits[0].listed is Known.NO


def test_what_could_not_be_read_is_not_known_and_says_why() -> None:
    graph = scenes.build(scenes.partly_unread())
    hidden = alias(graph, "tutorial", EAST)
    assert (hidden.known, hidden.status, hidden.leads) == (Known.UNKNOWN, Status.SKIPPED, "not read")
    assert "lambda:ListAliases" in hidden.notes[0].sentence
    unsure = alias(graph, "account_service", WEST)
    assert unsure.permits[0].invoke is Known.UNKNOWN
    assert unsure.status is Status.SKIPPED
    assert {p.listed for a in graph.aliases for p in a.permits} == {Known.UNKNOWN}
    (flow,) = {w.flow for w in graph.wires if w.permitted is Known.UNKNOWN}
    assert flow == ids.flow("americas", "check_balance")


def test_flows_that_could_not_be_read_are_there_and_not_known() -> None:
    scene = doctor_scenes.with_instance(scenes.pair(), flows=Unread("refused"))
    graph = scenes.build(scene)
    assert [(flow.name, flow.deployed) for flow in graph.flows] == [
        ("tutorial", Known.UNKNOWN),
        ("check_balance", Known.UNKNOWN),
    ]
    assert graph.wires == ()


def test_a_flow_that_is_not_deployed_is_there() -> None:
    graph = scenes.build(doctor_scenes.with_instance(scenes.pair(), flows=Read(())))
    assert {flow.deployed for flow in graph.flows} == {Known.NO}


@pytest.mark.parametrize(
    ("place", "coloured"),
    [
        (Place("tutorial", WEST), ids.alias(WEST, "tutorial")),
        (Place("tutorial", WEST, "americas"), ids.alias(WEST, "tutorial")),
        (Place("tutorial"), ids.function("americas", "tutorial")),
        (Place(region=WEST), ids.region(WEST)),
        (Place(instance="americas"), ids.instance("americas")),
        (Place(instance="americas", flow="tutorial"), TUTORIAL_FLOW),
        (Place(instance="americas", flow="patchbay-local-tutorial"), TUTORIAL_FLOW),
        (Place(instance="americas", flow="gone"), ids.instance("americas")),
        (Place(stack="patchbay-local-functions-us-west-2"), ids.region(WEST)),
        (Place(stack="patchbay-local-connect-americas"), ids.instance("americas")),
    ],
)
def test_a_finding_colours_what_it_is_about(place: Place, coloured: str) -> None:
    found = scenes.results(("one", Finding(Status.FAIL, place, "wrong", "mend it")))
    graph = scenes.build(scenes.pair(), found)
    assert [n.id for n in graph.nodes if n.status is Status.FAIL] == [coloured]
    assert graph.notes[0].sentence == "wrong"


def test_a_finding_about_nothing_in_the_picture_is_told_all_the_same() -> None:
    found = scenes.results(("one", Finding(Status.WARN, Place("unheard_of", WEST), "left behind", "")))
    graph = scenes.build(scenes.pair(), found)
    assert [n.id for n in graph.nodes if n.status] == []
    assert [note.sentence for note in graph.notes] == ["left behind"]


def test_the_worst_finding_decides_and_skipped_is_worse_than_passed() -> None:
    place = Place(*doctor_scenes.TUTORIAL)
    every = [Finding(status, place, str(status)) for status in reversed(Status)]
    orders = [
        (["PASS", "SKIPPED"], "SKIPPED"),
        (["WARN", "SKIPPED"], "WARN"),
        (["PASS", "FAIL", "WARN"], "FAIL"),
    ]
    for statuses, worst in orders:
        found = scenes.results(*((s, one) for one in every for s in statuses if one.status == s))
        assert alias(scenes.build(scenes.pair(), found), *doctor_scenes.TUTORIAL).status == worst


def test_what_the_environment_has_nothing_of_is_no_note() -> None:
    found = scenes.results(("one", Finding(Status.SKIPPED, Place(), "nothing of the kind")))
    graph = scenes.build(scenes.pair(), found)
    assert graph.notes == ()
    assert graph.checks == {Status.SKIPPED: 1}


def test_the_doctors_words_are_not_said_twice() -> None:
    scene = doctor_scenes.with_function(scenes.pair(), doctor_scenes.TUTORIAL, policy=Unread("refused"))
    skipped = Finding(Status.SKIPPED, Place(*doctor_scenes.TUTORIAL), "refused")
    graph = scenes.build(scene, scenes.results(("permission", skipped)))
    assert [(note.check, note.sentence) for note in graph.notes] == [("permission", "refused")]


def test_an_instance_that_does_not_exist_says_so() -> None:
    graph = scenes.build(doctor_scenes.with_instance(scenes.pair(), alias=Read(None)))
    assert graph.instances[0].exists is Known.NO


def test_the_account_that_credentials_lead_to_is_shown() -> None:
    scene = doctor_scenes.with_region(scenes.pair(), WEST, identity=Read("999999999999"))
    (west, east) = scenes.build(scene).panels[0].regions
    assert (west.account, east.account) == ("999999999999", "000000000000")


def test_a_worker_has_no_permits_for_it_needs_none() -> None:
    graph = scenes.build(scenes.large())
    assert alias(graph, "order_search_worker", "eu-west-1").permits == ()
    assert len(alias(graph, "customer_lookup", "eu-west-1").permits) == 3


def test_the_same_input_makes_the_same_graph() -> None:
    scene = scenes.large()
    found = scenes.large_results(scene)
    assert scenes.build(scene, found) == scenes.build(scene, found)
