"""The short form for the terminal, and the graph as data."""

import json
from dataclasses import replace

from patchbay.doctor.model import Status
from patchbay.wiring import data, tree
from tests.wiring import scenes


def lines(rows: object) -> list[str]:
    assert hasattr(rows, "__iter__")
    return ["".join(text for text, _ in row) for row in rows]


def test_a_flow_is_one_line_with_the_functions_that_it_invokes() -> None:
    shown = lines(tree.rows(scenes.large_with_findings()))
    assert (
        "  ├   front_desk    → customer_lookup, account_service, opening_hours, language_choice, vip_routing"
        in shown
    )
    assert "  └ ✗ warranty      → warranty_check (no alias), return_label, customer_lookup" in shown


def test_a_function_is_one_line_with_where_its_aliases_lead() -> None:
    shown = lines(tree.rows(scenes.large_with_findings()))
    (lookup,) = [line for line in shown if line.strip().startswith("customer_lookup")]
    assert lookup.split("  ")[-2:] == ["✓ live → 1"][-2:] or "! live → 7 (90 %) / 8 (10 %)" in lookup
    (bill,) = [line for line in shown if line.strip().startswith("pay_bill ")]
    assert bill.endswith("✗ live → 1  not for instance 1")


def test_a_function_that_the_instance_may_not_invoke_is_told_without_colour() -> None:
    shown = lines(tree.rows(scenes.large_with_findings()))
    assert any("→" in line and "pay_bill ✗" in line for line in shown)


def test_each_thing_is_said_once_and_the_doctor_has_what_to_do() -> None:
    graph = scenes.large_with_findings()
    shown = lines(tree.rows(replace(graph, notes=(*graph.notes, *graph.notes))))
    assert shown == lines(tree.rows(graph))
    assert shown[-1] == f"what to do: patchbay doctor --env {graph.environment}"


def test_a_long_line_goes_on_below_what_a_flow_invokes_and_behind_the_sign_of_a_note() -> None:
    lead, rest = tree.hanging(
        (("  ├ ", ""), ("✓ ", ""), ("tutorial → ", ""), ("tutorial", ""), (", more", ""))
    )
    assert "".join(text for text, _ in lead) == "  ├ ✓ tutorial → "
    assert "".join(text for text, _ in rest) == "tutorial, more"
    assert tree.hanging((("✗ ", ""), ("here: ", ""), ("it is gone", "")))[0] == (("✗ ", ""),)
    assert tree.hanging((("patchbay-local", ""),)) == ((), (("patchbay-local", ""),))


def test_the_large_environment_fits_a_wide_terminal() -> None:
    sentences = {note.sentence for note in scenes.large_with_findings().notes}
    shown = lines(tree.rows(scenes.large_with_findings()))
    assert all(len(line) <= 110 for line in shown if not any(line.endswith(s) for s in sentences))
    assert len(shown) < 75
    assert all(line == line.rstrip() for line in shown)


def test_what_was_not_read_has_its_reason() -> None:
    shown = "\n".join(lines(tree.rows(scenes.build(scenes.partly_unread()))))
    assert "? not read" in shown
    assert "not authorized to perform lambda:ListAliases" in shown
    assert "12 other published flows, not read" in shown


def test_the_data_has_an_edge_for_every_call_and_every_permission() -> None:
    graph = scenes.large_with_findings()
    found = json.loads(json.dumps(data.of(graph)))
    calls = [edge for edge in found["edges"] if edge["kind"] == "invokes"]
    assert len(calls) == sum(len(wire.calls) for wire in graph.wires)
    permissions = [edge for edge in found["edges"] if edge["kind"] == "permission"]
    assert len(permissions) == 28 * 2 * 3
    (refused,) = [edge for edge in permissions if edge["may_invoke"] == "no"]
    assert (refused["from"], refused["to"]) == ("instance:americas", "alias:eu-central-1/pay_bill")
    ids = {alias.id for alias in graph.aliases} | {f.id for f in graph.functions}
    assert {edge["to"] for edge in found["edges"]} <= ids
    assert found["checks"][Status.FAIL] == 2


def test_what_was_not_read_is_unknown_in_the_data() -> None:
    found = data.of(scenes.build(scenes.partly_unread()))
    aliases = {a["id"]: a for g in found["groups"] for f in g["functions"] for a in f["aliases"]}
    hidden = aliases["alias:us-east-1/tutorial"]
    assert (hidden["exists"], hidden["status"], hidden["versions"]) == ("unknown", "SKIPPED", {})
