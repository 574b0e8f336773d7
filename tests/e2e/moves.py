"""What can be read of an environment whose instance moves, right after a deploy."""

from dataclasses import dataclass
from typing import Any

from patchbay.arns import InstanceArn
from patchbay.config import Environment
from patchbay.naming import LIVE
from patchbay.simulator.transcript import CallResult
from tests.e2e import reads
from tests.e2e.deployed import Deployed, Place

OLD, NEW = "11111111-2222-3333-4444-555555555555", "66666666-7777-4888-8999-aaaaaaaaaaaa"
INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/"
REGIONS = ("us-west-2", "us-east-1")


@dataclass(frozen=True)
class State:
    """What could be read right after a deploy."""

    routing: dict[Place, tuple[str, Any]]
    versions: dict[Place, set[str]]
    sources: dict[Place, list[str]]
    """Who may invoke the alias: the SourceArn of each statement."""
    functions: dict[str, set[str]]
    """The names of the Lambda functions, by Region."""
    records: dict[str, set[str]]
    """What is in the tables, by Region."""
    old: reads.Held
    new: reads.Held
    events: list[tuple[str, str]]
    """Resource type and status, of all stacks, since the first deploy."""
    call: CallResult
    """The known customer's, through check_balance."""


def with_instances(environment: Environment, *ids: str) -> Environment:
    """The environment with its instance at other places."""
    (instance,) = environment.instances
    instances = [instance.model_copy(update={"arn": InstanceArn.parse(f"{INSTANCE}{id_}")}) for id_ in ids]
    return environment.model_copy(update={"instances": tuple(instances)})


def state(deployed: Deployed) -> State:
    """Of both instances; one call is placed for it."""
    aws, environment, places = deployed.aws, deployed.environment, deployed.places
    return State(
        routing={place: live.routing for place, live in deployed.live().items()},
        versions={place: reads.versions(aws, environment, *place) for place in places},
        sources={place: _sources(deployed, place) for place in places},
        functions={region: reads.function_names(aws, region) for region in REGIONS},
        records={region: reads.records(aws, environment, region) for region in REGIONS},
        old=reads.held(aws, with_instances(environment, OLD)),
        new=reads.held(aws, with_instances(environment, NEW)),
        events=_events(deployed),
        call=deployed.call("check_balance", "+14165550011"),
    )


def _sources(deployed: Deployed, place: Place) -> list[str]:
    statements = reads.statements(deployed.aws, deployed.environment, *place, LIVE)
    return [statement["Condition"]["ArnLike"]["AWS:SourceArn"] for statement in statements]


def _events(deployed: Deployed) -> list[tuple[str, str]]:
    names = deployed.environment.names
    stacks = [(names.functions_stack(region), region) for region in REGIONS]
    stacks.append((names.connect_stack("americas"), "us-east-1"))
    return [event for stack in stacks for event in reads.stack_events(deployed.aws, *stack)]
