"""An alias on two versions: both answer, and only then does AWS/Lambda tell them apart."""

from tests.e2e.by_hand import kept, move, publish
from tests.e2e.deployed import Deployed
from tests.e2e.reads import invocations, read_live

TUTORIAL = ("us-west-2", "tutorial")
NAME = "patchbay-local-tutorial"
CALLS = 24
"""With even weights one version of the two is missed once in 8 million runs."""


def _answering(deployed: Deployed) -> str | None:
    (invocation,) = deployed.call("tutorial").invocations
    assert invocation.outcome == "success"
    return invocation.version


def test_both_versions_answer_and_each_is_counted_only_while_the_alias_is_split(deployed: Deployed) -> None:
    aws, region = deployed.aws, TUTORIAL[0]
    old = read_live(aws, deployed.environment, *TUTORIAL).version
    with kept(deployed, TUTORIAL):
        new = publish(deployed, TUTORIAL, marker="")
        _answering(deployed)
        before = invocations(aws, region, NAME)
        assert [invocations(aws, region, NAME, version) for version in (old, new)] == [0, 0]
        move(deployed, TUTORIAL, old, **{f"v{new}": 0.5})
        answered = [_answering(deployed) for _ in range(CALLS)]
    _answering(deployed)
    assert set(answered) == {old, new}
    counted = {version: invocations(aws, region, NAME, version) for version in (old, new)}
    assert counted == {version: answered.count(version) for version in (old, new)}
    assert invocations(aws, region, NAME) == before + CALLS + 1


def test_a_weight_of_zero_sends_nobody_to_the_other_version(deployed: Deployed) -> None:
    old = read_live(deployed.aws, deployed.environment, *TUTORIAL).version
    with kept(deployed, TUTORIAL):
        new = publish(deployed, TUTORIAL, marker="# another")
        move(deployed, TUTORIAL, old, **{f"v{new}": 0.0})
        assert {_answering(deployed) for _ in range(5)} == {old}
