"""Deploys after the first: what they touch, and what a failure leaves behind."""

from dataclasses import dataclass

import pytest

from patchbay.errors import UserError
from tests.e2e.by_hand import move, publish
from tests.e2e.deployed import Deployed, Place
from tests.e2e.project import append, replace
from tests.e2e.reads import Live, versions

pytestmark = pytest.mark.xdist_group("e2e")

STACK = "stacks/functions_stack.py"
LAST = "            self._add(function, instances)\n"
# Behind it: Connect refuses the flow when CloudFormation makes it, after every alias was moved.
BROKEN = """
        import aws_cdk

        broken = aws_cdk.CfnResource(
            self,
            "Broken",
            type="AWS::Connect::ContactFlow",
            properties={
                "InstanceArn": str(environment.instances[0].arn),
                "Name": "broken",
                "Type": "CONTACT_FLOW",
                "Content": "{}",
            },
        )
        broken.node.add_dependency(*[each for each in self.node.find_all() if isinstance(each, LiveAlias)])
"""


def _edit(deployed: Deployed, function: str) -> None:
    append(deployed.root, f"lambdas/{function}/logic.py", "# edited")


def _versions(deployed: Deployed, place: Place) -> set[str]:
    return versions(deployed.aws, deployed.environment, *place)


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
    _edit(deployed, "tutorial")
    deployed.deploy_again()
    after = deployed.live()
    moved = [place for place in deployed.places if after[place] != before[place]]
    assert moved == [("us-west-2", "tutorial"), ("us-east-1", "tutorial")]
    for place in moved:
        assert int(after[place].version) > int(before[place].version)
        assert before[place].version in _versions(deployed, place)
    assert deployed.connect_writes() == writes
    (invocation,) = deployed.call("tutorial").invocations
    assert invocation.version == after["us-west-2", "tutorial"].version


@dataclass(frozen=True)
class Failure:
    """A deploy that failed after the alias step, with a new version for all three functions."""

    message: str
    before: dict[Place, Live]
    after: dict[Place, Live]
    versions_before: dict[Place, set[str]]
    versions_after: dict[Place, set[str]]
    events: dict[str, list[str]]
    """The stack's events by Region, the oldest first: LOGICAL_ID STATUS."""


class TestADeployThatFailsAfterTheAliasStep:
    """Since the last one account_service was left alone, tutorial moved by hand, customer_lookup weighted."""

    @pytest.fixture(scope="class")
    def failure(self, deployed: Deployed) -> Failure:
        for region in deployed.environment.regions:
            _by_hand(deployed, region)
        before, had = deployed.live(), {place: _versions(deployed, place) for place in deployed.places}
        for function in deployed.environment.functions:
            _edit(deployed, function)
        replace(deployed.root, STACK, LAST, LAST + BROKEN)
        try:
            with pytest.raises(UserError) as caught:
                deployed.deploy_again()
        finally:
            replace(deployed.root, STACK, BROKEN, "")
        return Failure(
            message=str(caught.value),
            before=before,
            after=deployed.live(),
            versions_before=had,
            versions_after={place: _versions(deployed, place) for place in deployed.places},
            events={region: _events(deployed, region) for region in deployed.environment.regions},
        )

    @pytest.fixture(scope="class")
    def repeated(self, deployed: Deployed, failure: Failure) -> dict[Place, Live]:
        deployed.deploy_again()
        return deployed.live()

    def test_the_command_says_what_failed(self, failure: Failure) -> None:
        assert "cdk deploy failed for environment local" in failure.message
        assert "Broken" in failure.message

    @pytest.mark.parametrize("region", ["us-west-2", "us-east-1"])
    def test_every_alias_had_been_moved_when_it_failed(self, failure: Failure, region: str) -> None:
        events = failure.events[region]
        failed = events.index("Broken CREATE_FAILED")
        moved = [event for event in events[:failed] if "Live" in event and "UPDATE_COMPLETE" in event]
        assert len({event for event in moved if "LiveAliases" not in event}) == 3

    @pytest.mark.parametrize("region", ["us-west-2", "us-east-1"])
    @pytest.mark.parametrize(
        ("function", "weights"), [("account_service", 0), ("tutorial", 0), ("customer_lookup", 1)]
    )
    def test_callers_are_where_they_were_before_it(
        self, failure: Failure, region: str, function: str, weights: int
    ) -> None:
        assert len(failure.before[region, function].weights) == weights
        assert failure.after[region, function].routing == failure.before[region, function].routing

    def test_its_versions_are_gone_and_the_others_are_kept(self, failure: Failure) -> None:
        assert failure.versions_after == failure.versions_before

    def test_the_repeated_deploy_succeeds_and_moves_every_alias_to_its_candidate(
        self, failure: Failure, repeated: dict[Place, Live], deployed: Deployed
    ) -> None:
        for place, live in repeated.items():
            candidate = max(_versions(deployed, place), key=int)
            assert live.routing == (candidate, {})
            assert candidate not in failure.versions_before[place]

    def test_calls_go_through_after_it(self, repeated: dict[Place, Live], deployed: Deployed) -> None:
        outcomes = [i.outcome for i in deployed.call("check_balance", "+14165550011").invocations]
        assert outcomes == ["success", "success"]


def _by_hand(deployed: Deployed, region: str) -> None:
    """Two functions as an operator may leave them; both are on a version that no deploy made."""
    moved, weighted = (region, "tutorial"), (region, "customer_lookup")
    move(deployed, moved, publish(deployed, moved, marker="# by hand"))
    old = deployed.live()[weighted].version
    move(deployed, weighted, old, **{f"v{publish(deployed, weighted, marker='# by hand')}": 0.25})


def _events(deployed: Deployed, region: str) -> list[str]:
    client = deployed.aws.client("cloudformation", region)
    name = deployed.environment.names.functions_stack(region)
    pages = client.get_paginator("describe_stack_events").paginate(StackName=name)
    events = [
        f"{event['LogicalResourceId']} {event['ResourceStatus']}"
        for page in pages
        for event in page["StackEvents"]
    ]
    return events[::-1]
