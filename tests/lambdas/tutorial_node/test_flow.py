"""The tutorial's flow on its function in Node.js."""

from tests.lambdas.invocations import LAMBDAS

FLOWS = LAMBDAS.parent / "flows"


def test_the_flow_is_the_tutorials_with_the_other_function() -> None:
    tutorial = (FLOWS / "tutorial.json").read_text(encoding="utf-8")
    for old in (
        '"name": "tutorial"',
        "{{function:tutorial}}",
        "{{time_limit:tutorial}}",
        "{{response:tutorial}}",
    ):
        assert old in tutorial
        tutorial = tutorial.replace(old, old.replace("tutorial", "tutorial_node"))
    assert (FLOWS / "tutorial_node.json").read_text(encoding="utf-8") == tutorial
