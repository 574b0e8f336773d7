"""Environments to draw: a small one, a large one with findings, and one of which much could not be read."""

import json
from collections.abc import Iterable, Sequence
from functools import cache

from patchbay.arns import InstanceArn
from patchbay.config import Environment, Instance, RegionGroup
from patchbay.doctor.model import Check, Finding, Mend, Place, Scene, Status
from patchbay.doctor.run import Result
from patchbay.functions import Function, Kind
from patchbay.live.model import Alias, LiveFlow, Read, Statement, Unread
from patchbay.naming import LIVE
from patchbay.wiring import graph
from patchbay.wiring.model import Graph
from tests import few_samples
from tests.doctor import scenes

_NAMES = """
customer_lookup account_service one_time_password start_order_search order_search_result pay_bill
opening_hours holiday_calendar queue_position callback_offer language_choice vip_routing fraud_check
store_locator delivery_status return_label appointment_book appointment_cancel warranty_check
newsletter_stop case_create case_status survey_invite survey_result contact_archive agent_whisper
payment_link card_block order_search_worker pay_bill_fulfilment
""".split()  # noqa: SIM905 - thirty words
_FLOWS = {
    "americas": {
        "front_desk": (0, 1, 6, 10, 11),
        "check_balance": (0, 1, 2),
        "orders": (3, 4, 14, 15),
        "payments": (5, 26, 27, 12),
        "after_call": (22, 24),
    },
    "europe": {
        "front_desk": (0, 6, 7, 10),
        "check_balance": (0, 1, 2),
        "appointments": (16, 17),
        "cases": (0, 20, 21),
        "after_call": (22, 23, 24),
    },
    "back-office": {"agent_whisper": (25, 0), "callbacks": (8, 9), "warranty": (18, 15, 0)},
}
_SPLIT = ("customer_lookup", "eu-west-1")


def build(scene: Scene, results: Sequence[Result] = ()) -> Graph:
    """Its graph."""
    return graph.build(scene.environment, scene.seen, results)


@cache
def small() -> Scene:
    """One instance, three functions, one Region."""
    return scenes.healthy(few_samples.load("dev"))


@cache
def pair() -> Scene:
    """One instance, three functions, two Regions."""
    return scenes.healthy(few_samples.load("local"))


@cache
def large() -> Scene:
    """Three instances, two Regions, thirty functions, and a release that is split in one of the Regions."""
    scene = scenes.healthy(_large_environment())
    for instance in scene.seen.instances:
        name = instance.instance.name
        scene = scenes.with_instance(scene, name, flows=Read(_flows(scene.environment, instance.instance)))
    return scenes.with_function(scene, _SPLIT, aliases=Read({LIVE: Alias("7", {"8": 0.1}, "", "r")}))


def results(*findings: tuple[str, Finding]) -> tuple[Result, ...]:
    """Of the checks with these ids."""
    by_check: dict[str, list[Finding]] = {}
    for check, finding in findings:
        by_check.setdefault(check, []).append(finding)
    return tuple(Result(_check(name), tuple(found)) for name, found in by_check.items())


def large_results(scene: Scene) -> tuple[Result, ...]:
    """Several findings, and PASS for every alias."""
    fail, warn = Status.FAIL, Status.WARN
    mend = Mend("put it there", "associate", {})
    return results(
        *(
            ("alias-exists", Finding(Status.PASS, Place(f.function, f.region), "live names a version"))
            for f in scene.seen.functions
        ),
        *(
            ("instance-there", Finding(Status.PASS, Place(instance=i.name), "it is there"))
            for i in scene.environment.instances
        ),
        (
            "policy-statement",
            Finding(
                fail,
                Place("pay_bill", "eu-central-1", "americas"),
                "no statement lets connect.amazonaws.com of account 111122223333 and instance americas "
                "invoke patchbay-prod-pay_bill:live",
                "patchbay doctor --env prod --fix",
                mend,
            ),
        ),
        (
            "flow-alias",
            Finding(
                fail,
                Place(instance="back-office", flow="warranty"),
                "block 'Warranty' names warranty_check without an alias",
                "make deploy ENV=prod",
            ),
        ),
        (
            "throttles",
            Finding(warn, Place("fraud_check", "eu-west-1"), "14 invocations were throttled in the last day"),
        ),
        (
            "forgotten-weight",
            Finding(
                warn,
                Place("customer_lookup", "eu-west-1"),
                "8 has had 10 % of the calls for 9 days, and no release runs",
                "patchbay release abort customer_lookup --env prod",
            ),
        ),
        (
            "flow-logging",
            Finding(
                warn,
                Place(instance="europe"),
                "flow logging is off: patchbay explain has nothing to explain from",
            ),
        ),
        (
            "code-current",
            Finding(Status.SKIPPED, Place(stack="patchbay-prod-functions-eu-west-1"), "not asked for"),
        ),
    )


@cache
def large_with_findings() -> Graph:
    """A picture of a bad day."""
    scene = large()
    scene = scenes.with_statements(scene, ("pay_bill", "eu-central-1"), _others(scene))
    return build(scene, large_results(scene))


@cache
def partly_unread() -> Scene:
    """Two Regions, where one function's aliases, a policy and the designer's list were refused."""
    scene = pair()
    denied = Unread(
        "AccessDeniedException: not authorized to perform lambda:ListAliases", "lambda:ListAliases"
    )
    scene = scenes.with_function(scene, ("tutorial", "us-east-1"), aliases=denied)
    scene = scenes.with_function(scene, ("account_service", "us-west-2"), policy=scenes.DENIED)
    scene = scenes.with_region(scene, "us-east-1", identity=Unread("us-east-1 did not answer within 10 s"))
    unlisted = Unread("connect:ListLambdaFunctions is missing", "connect:ListLambdaFunctions")
    return scenes.with_instance(scene, associations=unlisted, flows_left_out=12)


def invoking(*arns: str, limit: str = "4") -> str:
    """A flow whose blocks name these."""
    actions = [
        {
            "Identifier": f"block {number}",
            "Type": "InvokeLambdaFunction",
            "Parameters": {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": limit},
            "Transitions": {},
        }
        for number, arn in enumerate(arns)
    ]
    return json.dumps({"Version": "2019-10-30", "StartAction": "block 0", "Actions": actions})


def _others(scene: Scene) -> Iterable[Statement]:
    every = scenes.statements_of(scene, ("pay_bill", "eu-central-1"))
    first = str(scene.environment.instances[0].arn)
    return [statement for statement in every if statement.source_arn != first]


def _large_environment() -> Environment:
    basis = few_samples.load("prod")
    functions = {name: _function(basis, name) for name in _NAMES}
    instances = tuple(
        _instance(basis.instances[0], number, name) for number, name in enumerate(_FLOWS, start=1)
    )
    group = RegionGroup(regions=("eu-west-1", "eu-central-1"))
    changed = {"functions": functions, "instances": instances, "region_groups": {"main": group}}
    return basis.model_copy(update=changed)


def _function(basis: Environment, name: str) -> Function:
    kind = {"order_search_worker": Kind.WORKER, "pay_bill_fulfilment": Kind.LEX}.get(name, Kind.FLOW)
    pattern = few_samples.load("local").functions["tutorial"]
    limit = 30 if kind is not Kind.FLOW else 2 + len(name) % 6
    return pattern.model_copy(update={"name": name, "kind": kind, "time_limit_seconds": limit})


def _instance(basis: Instance, number: int, name: str) -> Instance:
    region = ("us-east-1", "eu-west-2", "eu-central-1")[number - 1]
    account = ("111122223333", "444455556666", "444455556666")[number - 1]
    resource = f"instance/{number}3333333-4444-5555-6666-777777777777"
    arn = InstanceArn.parse(f"arn:aws:connect:{region}:{account}:{resource}")
    changed = {"name": name, "arn": arn, "alias": f"example-{name}", "region_group": "main", "flows": ()}
    return basis.model_copy(update={**changed, "functions": tuple(_NAMES)})


def _flows(environment: Environment, instance: Instance) -> tuple[LiveFlow, ...]:
    made = []
    for name, numbers in _FLOWS[instance.name].items():
        arns = [
            environment.alias_arn(_NAMES[number], region)
            for number in numbers
            for region in (environment.regions[:1] if _NAMES[number] == "card_block" else environment.regions)
        ]
        if name == "warranty":
            arns[0] = environment.function_arn(_NAMES[18], environment.regions[0])
        if name == "cases":
            arns.append("arn:aws:lambda:eu-west-1:999988887777:function:crm-bridge:prod")
        flow = LiveFlow(f"id-{name}", f"{instance.arn}/{name}", environment.names.flow(name), invoking(*arns))
        made.append(flow)
    return tuple(made)


def _check(name: str) -> Check:
    return Check(name, f"{name}?", "why", "fix", "link", lambda _: ())
