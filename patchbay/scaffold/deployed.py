"""Whether the instances of an environment still need the functions that are to go."""

import os

from patchbay.aws import LOCAL_ACCOUNT, Aws
from patchbay.config import Environment, Instance
from patchbay.functions import Kind
from patchbay.local import state
from patchbay.scaffold import connect_mentions
from patchbay.scaffold.connect_mentions import Names
from patchbay.scaffold.removal import Removal


def command(environment: Environment) -> str:
    """What deploys it."""
    if environment.name == "local":
        return "make local"
    if environment.account == LOCAL_ACCOUNT:
        return f"patchbay local deploy --env {environment.name} --start"
    return f"make deploy ENV={environment.name}"


def anywhere(environment: Environment) -> bool:
    """Whether there is an AWS to ask: what was on an embedded one ended with it."""
    if environment.account != LOCAL_ACCOUNT or os.environ.get("AWS_ENDPOINT_URL"):
        return True
    return bool(state.running(environment.root))


def complaint(environment: Environment, removal: Removal) -> str:
    """Why the functions must stay: one sentence, or nothing. Raises botocore's errors."""
    aws = Aws(environment)
    for instance in environment.instances:
        if found := _in_use(aws, environment, instance, removal):
            return found
    return ""


def _in_use(aws: Aws, environment: Environment, instance: Instance, removal: Removal) -> str:
    """Until the first deploy the functions' own flow is still there, and the designer's list has them."""
    invoked = tuple(one.name for one in removal.functions if one.kind is Kind.FLOW)
    names = Names(environment, invoked)
    own = removal.own.flow if removal.marks else None
    where = f"instance {instance.name} of environment {environment.name}"
    if flows := connect_mentions.flows(aws, instance, names, own and environment.names.flow(own)):
        verb = "invokes" if len(flows) == 1 else "invoke"
        return (
            f"{' and '.join(flows)} on {where} still {verb} {' or '.join(map(repr, invoked))}: take it out "
            "and publish (where Patchbay deployed the flow: change its file if that is there, and deploy), "
            "then run this again"
        )
    if not removal.marks and (arns := connect_mentions.associations(aws, instance, names)):
        return (
            f"{where} still has {arns[0]} in the designer's list: deploy the environment and run this again; "
            "if it stays there, somebody else associated it: take it out in the Amazon Connect console"
        )
    return ""
