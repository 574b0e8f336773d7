"""Deploys after the first touch what changed, and nothing else."""

from tests.e2e.deployed import Deployed
from tests.e2e.project import append
from tests.e2e.reads import versions


def test_a_second_deploy_without_changes_writes_nothing_to_connect_and_to_no_alias(
    deployed: Deployed,
) -> None:
    writes, aliases = deployed.connect_writes(), deployed.live()
    deployed.deploy_again()
    assert deployed.connect_writes() == writes
    assert deployed.live() == aliases


def test_editing_one_function_moves_its_alias_alone_in_both_regions_and_keeps_the_old_version(
    deployed: Deployed,
) -> None:
    writes, before = deployed.connect_writes(), deployed.live()
    append(deployed.root, "lambdas/tutorial/logic.py", "# edited")
    deployed.deploy_again()
    after = deployed.live()
    moved = [place for place in deployed.places if after[place] != before[place]]
    assert moved == [("us-west-2", "tutorial"), ("us-east-1", "tutorial")]
    for place in moved:
        assert int(after[place].version) > int(before[place].version)
        assert before[place].version in versions(deployed.aws, deployed.environment, *place)
    assert deployed.connect_writes() == writes
    (invocation,) = deployed.call("tutorial").invocations
    assert invocation.version == after["us-west-2", "tutorial"].version
