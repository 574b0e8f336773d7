"""A deploy that fails after every alias was moved, and the same one repeated without the cause.

All three functions were edited. Since the last deploy account_service was left alone, tutorial moved by hand
and customer_lookup weighted by hand, in both Regions.
"""

from dataclasses import dataclass

import pytest

from patchbay.errors import UserError
from patchbay.local import cdk
from tests.e2e.by_hand import move, publish
from tests.e2e.deployed import Deployed, Place
from tests.e2e.project import append, replace
from tests.e2e.reads import Live, versions

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


@dataclass(frozen=True)
class State:
    """Aliases and versions at one moment."""

    live: dict[Place, Live]
    versions: dict[Place, set[str]]


@dataclass(frozen=True)
class Failure:
    """The deploy that failed."""

    message: str
    before: State
    after: State


@pytest.fixture(scope="module")
def failure(deployed: Deployed) -> Failure:
    """Fails; the cause is gone from the project afterwards, the edits of the functions stay."""
    for region in deployed.environment.regions:
        _change_by_hand(deployed, region)
    before = _state(deployed)
    for function in deployed.environment.functions:
        append(deployed.root, f"lambdas/{function}/logic.py", "# edited, and the deploy fails")
    replace(deployed.root, STACK, LAST, LAST + BROKEN)
    try:
        with pytest.raises(UserError) as caught:
            deployed.deploy_again(cdk.synth)
    finally:
        replace(deployed.root, STACK, BROKEN, "")
    return Failure(str(caught.value), before, _state(deployed))


@pytest.fixture(scope="module")
def repeated(deployed: Deployed, failure: Failure) -> State:
    """After the next deploy."""
    deployed.deploy_again()
    return _state(deployed)


def test_the_command_names_what_failed(failure: Failure) -> None:
    assert "cdk deploy failed for environment local" in failure.message
    assert "Broken" in failure.message


def test_every_alias_had_been_moved_before_it_failed(deployed: Deployed, failure: Failure) -> None:
    """The rollback wrote the alias, and it writes only where callers are on the failed version."""
    for place in deployed.places:
        assert failure.after.live[place].revision != failure.before.live[place].revision


@pytest.mark.parametrize("region", ["us-west-2", "us-east-1"])
@pytest.mark.parametrize(
    ("function", "weights"), [("account_service", 0), ("tutorial", 0), ("customer_lookup", 1)]
)
def test_callers_stay_where_they_were_before_it(
    failure: Failure, region: str, function: str, weights: int
) -> None:
    place = (region, function)
    assert len(failure.before.live[place].weights) == weights
    assert failure.after.live[place].routing == failure.before.live[place].routing


def test_its_versions_are_gone_and_the_earlier_ones_are_kept(failure: Failure) -> None:
    assert failure.after.versions == failure.before.versions


def test_the_repeated_deploy_moves_every_alias_to_its_candidate(failure: Failure, repeated: State) -> None:
    for place, live in repeated.live.items():
        (candidate,) = repeated.versions[place] - failure.before.versions[place]
        assert live.routing == (candidate, {})


def test_calls_go_through_after_the_repeated_deploy(repeated: State, deployed: Deployed) -> None:
    result = deployed.call("check_balance", "+14165550011")
    assert [invocation.outcome for invocation in result.invocations] == ["success", "success"]


def _change_by_hand(deployed: Deployed, region: str) -> None:
    """Two functions as an operator may leave them, on versions that no deploy made."""
    moved, weighted = (region, "tutorial"), (region, "customer_lookup")
    move(deployed, moved, publish(deployed, moved, marker="# by hand"))
    old = deployed.live()[weighted].version
    move(deployed, weighted, old, **{f"v{publish(deployed, weighted, marker='# by hand')}": 0.25})


def _state(deployed: Deployed) -> State:
    aws, environment = deployed.aws, deployed.environment
    return State(deployed.live(), {place: versions(aws, environment, *place) for place in deployed.places})
