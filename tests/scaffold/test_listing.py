"""TOML files are edited as a person would: comments and layout stay."""

import tomllib

import pytest

from patchbay.errors import UserError
from patchbay.scaffold import listing

ENVIRONMENT = """\
app = "patchbay"   # the prefix

[[instances]]
name = "one"
functions = ["a", "b"]                     # ours
flows = []

[instances.resources]                      # named by flows
queue = "arn:queue"

[[instances]]
name = "two"
functions = [
    "a",   # the first
    "b",
]

[instances.resources]
queue = "arn:queue"

[functions.b]
memory_mb = 512
"""


def instances(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(text)["instances"]
    return found


def test_the_first_instance_lists_the_new_ones_and_every_comment_stays() -> None:
    text = listing.listed(ENVIRONMENT, "x", ["c", "d"], ["c"], None)
    assert text == ENVIRONMENT.replace('["a", "b"]', '["a", "b", "c", "d"]').replace("[]", '["c"]', 1)


def test_a_named_instance_without_flows_gets_some_before_its_resources() -> None:
    text = listing.listed(ENVIRONMENT, "x", ["c"], ["c"], "two")
    one, two = instances(text)
    assert (one["functions"], two["functions"], two["flows"]) == (["a", "b"], ["a", "b", "c"], ["c"])
    assert '    "a",   # the first\n    "b",\n    "c",\n]\nflows = ["c"]\n' in text


def test_what_is_listed_is_not_listed_twice() -> None:
    assert listing.listed(ENVIRONMENT, "x", ["a"], [], None) == ENVIRONMENT


def test_an_unknown_instance_is_one_sentence() -> None:
    with pytest.raises(UserError, match=r"dev\.toml has no instance 'three': there are one, two"):
        listing.listed(ENVIRONMENT, "dev.toml", ["c"], [], "three")


def test_a_list_that_outgrows_its_line_stands_one_below_the_other() -> None:
    names = [f"a_rather_long_function_name_{number}" for number in range(5)]
    text = listing.listed(ENVIRONMENT, "x", names, [], None)
    assert max(map(len, text.splitlines())) < 110
    assert instances(text)[0]["functions"] == ["a", "b", *names]


def test_an_unlisted_function_leaves_every_instance_and_its_overrides() -> None:
    text = listing.unlisted(ENVIRONMENT, ["b"])
    assert [one["functions"] for one in instances(text)] == [["a"], ["a"]]
    assert "functions" not in tomllib.loads(text)
    assert "# ours" in text
    assert "# the first" in text


def test_a_function_that_is_not_listed_changes_nothing() -> None:
    assert listing.unlisted(ENVIRONMENT, ["c"]) == ENVIRONMENT


def test_a_table_is_added_once() -> None:
    before = '[customers]\npartition_key = "phone_number"   # E.164\n'
    text = listing.with_table(before, "parcel_runs", "run_id", "runs")
    assert text.startswith(before)
    assert tomllib.loads(text)["parcel_runs"] == {"partition_key": "run_id", "time_to_live": "expires_at"}
    assert listing.with_table(text, "parcel_runs", "run_id", "runs") == text
    assert tomllib.loads(listing.with_table("", "t", "id", "x")) == {
        "t": {"partition_key": "id", "time_to_live": "expires_at"}
    }


def test_a_flow_leaves_with_what_is_accepted_of_it_and_comments_stay() -> None:
    entries = "".join(
        f'[[instances.accepted_findings]]\nflow = "{flow}"\nrule = "r"\n\n' for flow in ("a", "b", "a")
    )
    before = ENVIRONMENT.replace("flows = []", 'flows = ["a", "b"]   # ours too')
    text = listing.without_flow(
        before.replace("[instances.resources]", f"{entries}[instances.resources]", 1), "a"
    )
    one, two = instances(text)
    assert (one["flows"], one["accepted_findings"]) == (["b"], [{"flow": "b", "rule": "r"}])
    assert "# ours too" in text
    assert two == instances(ENVIRONMENT)[1]
    assert instances(listing.without_flow(text, "b"))[0] == instances(ENVIRONMENT)[0]


@pytest.mark.parametrize("before", ["", '[customers]\npartition_key = "phone_number"   # E.164\n'])
def test_a_table_is_taken_out_without_a_trace(before: str) -> None:
    text = listing.with_table(before, "parcel_runs", "run_id", "runs")
    assert listing.without_table(text, "parcel_runs") == before


def test_removed_stands_before_the_tables_of_the_file() -> None:
    text = listing.removed('description = "x"  # what\n\n[tables]\ncustomers = "read"\n')
    assert tomllib.loads(text) == {"description": "x", "removed": True, "tables": {"customers": "read"}}
    assert "# what" in text
