"""Trouble for the demo: a permission is taken away by hand, a caller meets it, and two commands find it."""

import json
import time

from patchbay import output
from patchbay.aws import Aws
from patchbay.calls import Caller, Line
from patchbay.config import Environment
from patchbay.doctor import mending, show
from patchbay.doctor.scene import Made
from patchbay.doctor.visit import Visit
from patchbay.explain import contact as contacts
from patchbay.explain.show import path
from patchbay.naming import LIVE
from patchbay.transcripts import show as show_call

_CALLER = "+14165550033"
_BACK = "10m"
_BACK_SECONDS = 600


def show_trouble(
    environment: Environment, aws: Aws, templates: Made, function: str = "tutorial_node"
) -> None:
    """From the call to the cause, and to a table in which everything is as it should be.

    `function` has a flow of its own name.
    """
    output.heading(
        f"somebody tidies up the permissions of {function} in the console, and the next customer calls"
    )
    _take_permission(environment, aws, function)
    line = Line(environment, environment.instances[0], aws)
    result = line.call(function, Caller(address=_CALLER))
    show_call(result, line.resource_keys)
    output.heading(f"why? patchbay explain {result.contact_id} --env {environment.name}")
    _explain(environment, aws, result.contact_id)
    output.heading(f"and what else? patchbay doctor --env {environment.name} --fix")
    visit = Visit(environment, aws, lambda _: templates)
    found, _ = visit.examine()
    show.results(found)
    plan = mending.plan(found)
    show.plan(plan)
    visit.carry_out(plan)
    again, _ = visit.examine()
    output.line(f"now: {show.summary(again)}")


def _take_permission(environment: Environment, aws: Aws, function: str) -> None:
    name = environment.names.function(function)
    client = aws.client("lambda", environment.regions[0])
    policy = json.loads(client.get_policy(FunctionName=name, Qualifier=LIVE)["Policy"])
    for statement in policy["Statement"]:
        client.remove_permission(FunctionName=name, Qualifier=LIVE, StatementId=statement["Sid"])


def _explain(environment: Environment, aws: Aws, contact: str) -> None:
    now = time.time()
    found = contacts.explain(environment, aws, contact, _BACK, now - _BACK_SECONDS, now)
    if isinstance(found, contacts.Path):
        path(found)
