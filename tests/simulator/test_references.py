"""What references read."""

import pytest

from patchbay.simulator import references
from tests.simulator.world import contact

DATA = {
    **contact(
        attributes={"name": "Ana", "amount": "5.00", "two words": "yes", "a-b": "dash"},
        external={"flag": True, "n": 7, "nothing": None, "deep": {"er": "down"}, "list": ["x"]},
        flow_attributes={"step": "2"},
        stored_input="42",
        queue={"ARN": "arn:q", "Name": "support"},
        other={"Views": {"ViewResultData": {"Choice": "left"}}},
    ).data()
}


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("$.Attributes.name, $.External.deep.er!", [("Attributes", "name"), ("External", "deep", "er")]),
        ("$.External['two words']-$.External.n", [("External", "two words"), ("External", "n")]),
        ("$['External']['n'] or $.Externals.n", [("External", "n"), ("Externals", "n")]),
        ("$.External.$.External.n", [("External", "n")]),
        ("5 $ in $Attributes.cash", []),
    ],
)
def test_the_references_in_a_text_are_told_as_their_keys(text: str, paths: list[tuple[str, ...]]) -> None:
    assert list(references.paths(text)) == paths


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("$.Attributes.name", "Ana"),
        ("Hello, $.Attributes.name.", "Hello, Ana."),
        ("$.Attributes.name, $.External.deep.er!", "Ana, down!"),
        ("$.Attributes.['two words']", "yes"),
        ("$.Attributes['two words']", "yes"),
        ("$['Attributes']['name']", "Ana"),
        ("$.Attributes.a-b", "dash"),
        ("$.Attributes.name-$.StoredCustomerInput", "Ana-42"),
        ("$.CustomerEndpoint.Address", "+12025550100"),
        ("$.SystemEndpoint.Address", "+18005550199"),
        ("$.Channel", "VOICE"),
        ("$.ContactId", "contact-1"),
        ("$.Queue.Name", "support"),
        ("$.FlowAttributes.step", "2"),
        ("$.Views.ViewResultData.Choice", "left"),
        ("$.External.flag/$.External.n", "true/7"),
        ("$.External.deep", '{"er":"down"}'),
        ("$.Attributes.$.Attributes.name", "Ana"),
        ("$.Attributes.name.$.Attributes.amount", "Ana.5.00"),
        ("$.StoredCustomerInput.$.Channel", "42.VOICE"),
        ("$$.Attributes.amount", "$5.00"),
        ("it costs $5", "it costs $5"),
        ("$.Attributes.missing", ""),
        ("$.External.nothing", ""),
        ("$.External.list", ""),
        ("$.External.list.0", ""),
        ("$.Attributes.name.first", ""),
        ("$.Nowhere.at.all", ""),
        ("", ""),
    ],
)
def test_text_reads_references_where_they_stand(written: str, read: str) -> None:
    assert references.text(written, DATA) == read


def test_what_is_no_text_reads_as_text() -> None:
    assert references.text(None, DATA) == ""
    assert references.text(5, DATA) == "5"


def test_a_function_gets_whole_references_in_their_shape() -> None:
    given = {
        "all": "$.External",
        "list": "$.External.list",
        "said": "it is $.External.n",
        "$.Attributes.name": "key",
        "nested": {"views": ["$.Views", 3, None]},
        "missing": "$.External.none",
    }

    assert references.values(given, DATA) == {
        "all": DATA["External"],
        "list": ["x"],
        "said": "it is 7",
        "Ana": "key",
        "nested": {"views": [DATA["Views"], 3, None]},
        "missing": "",
    }
