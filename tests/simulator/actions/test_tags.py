"""Contact tags."""

from patchbay.simulator.transcript import Who
from tests.simulator.world import FakeFunctions, block, call, contact, heard, invokes


def test_tags_are_in_the_event_of_later_invocations() -> None:
    functions = FakeFunctions()

    call(
        block("tag", "TagContact", {"Tags": {"team": "$.Attributes.team", "old": "x"}}, next_="untag"),
        block("untag", "UntagContact", {"TagKeys": ["old"]}, next_="invoke"),
        invokes(),
        functions=functions,
        caller=contact(attributes={"team": "cards"}),
    )

    assert functions.events[0]["Details"]["ContactData"]["Tags"] == {"team": "cards"}


def test_more_than_six_tags_or_a_tag_of_aws_set_none() -> None:
    for tags in ({str(number): "x" for number in range(7)}, {"aws:team": "x", "a": "b"}):
        caller = contact()
        tag = block("tag", "TagContact", {"Tags": tags}, errors={"NoMatchingError": "sorry"})

        assert heard(call(tag, caller=caller)) == ["Sorry."]
        assert caller.tags == {}


def test_the_spelling_of_the_guide_works_too() -> None:
    result = call(
        block("untag", "UnTagContact", {"TagKeys": ["a"]}), caller=contact(tags={"a": "1", "b": "2"})
    )

    assert heard(result, Who.FLOW)[0] == "tags left: b"
