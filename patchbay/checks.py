"""What must hold between the parts of an environment, before any construct is made."""

import difflib
import functools
import json
import re
from collections.abc import Mapping, Sequence

from patchbay import function_environment, limits
from patchbay.arns import Arn
from patchbay.config import Environment, Instance, RegionGroup
from patchbay.errors import UserError
from patchbay.functions import Function, Kind
from patchbay.sdk import session_without_profile


def check_groups(groups: Mapping[str, RegionGroup], instances: Sequence[Instance], source: str) -> None:
    """Groups exist, share no Region, and instances differ. Raises UserError."""
    for instance in instances:
        if instance.region_group not in groups:
            raise UserError(
                f"{source}: instance {instance.name} names region_group {instance.region_group!r}, "
                f"but the groups are {', '.join(groups) or 'none'}"
            )
    regions = [region for group in groups.values() for region in group.regions]
    _unique(regions, "Region", source)
    _check_regions(regions, source)
    for instance in instances:
        _unique(list(instance.functions), f"function of instance {instance.name}", source)
    _unique([instance.name for instance in instances], "instance name", source)
    _unique([str(instance.arn) for instance in instances], "instance ARN", source)
    if len({instance.arn.partition for instance in instances}) > 1:
        raise UserError(f"{source}: the instances are in different partitions: use one environment for each")


def check(environment: Environment, source: str) -> None:
    """AWS's limits and the references between instances, functions, tables and flows. Raises UserError."""
    for region in environment.regions:
        for function, wired in environment.wired(region):
            _check_arn_length(environment, function, region, source)
            _check_policy_size(environment, function, wired, region, source)
            _check_invoked(environment, function, region, source)
    _check_machine_name(environment.names.release_machine, source)
    for function in environment.functions.values():
        _check_declared(environment, function, source)
    for instance in environment.instances:
        _check_instance(environment, instance, source)


def _check_declared(environment: Environment, function: Function, source: str) -> None:
    for table in function.tables:
        if table not in environment.tables:
            known = ", ".join(environment.tables) or "none"
            raise UserError(
                f"function {function.name} uses table {table!r}, but lambdas/tables.toml has {known}"
            )
    where = f"lambdas/{function.name}/function.toml (or [functions.{function.name}] of {source})"
    for name in (*function.secrets, *function.buckets):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise UserError(
                f"{where}: {name!r} names no secret or bucket: use small letters, digits and underscores"
            )
    for complaint in function_environment.complaints(function):
        raise UserError(f"{where}: {complaint}")


def _check_invoked(environment: Environment, function: Function, region: str, source: str) -> None:
    """Its right and its placeholder name an alias of this Region."""
    there = [other.name for other, _ in environment.wired(region)]
    for name in function.invokes:
        if name not in there:
            raise UserError(
                f"{source}: function {function.name} invokes {name!r}, which no instance lists in {region}: "
                f"add it to functions of an instance that lists {function.name}, or take it out of invokes "
                f"in lambdas/{function.name}/function.toml"
            )


def _check_regions(regions: Sequence[str], source: str) -> None:
    known = _known_regions()
    for region in regions:
        if region not in known:
            meant = difflib.get_close_matches(region, known, n=1)
            hint = f"did you mean {meant[0]}?" if meant else "a newer boto3 may know it"
            raise UserError(f"{source}: {region!r} is no Region with Lambda that boto3 knows: {hint}")


@functools.cache
def _known_regions() -> set[str]:
    """Of every partition, from botocore's own files."""
    session = session_without_profile()
    partitions = session.get_available_partitions()
    return {r for partition in partitions for r in session.get_available_regions("lambda", partition)}


def _unique(values: list[str], what: str, source: str) -> None:
    for value in values:
        if values.count(value) > 1:
            raise UserError(f"{source}: {what} {value!r} is there more than once: each may be there once")


def _check_machine_name(name: str, source: str) -> None:
    if len(name) > limits.STATE_MACHINE_NAME_MAX_CHARS:
        raise UserError(
            f"{source}: the name of the state machine {name} has {len(name)} characters, "
            f"but Step Functions allows {limits.STATE_MACHINE_NAME_MAX_CHARS}: shorten app or environment"
        )


def _check_arn_length(environment: Environment, function: Function, region: str, source: str) -> None:
    name = environment.names.function(function.name)
    arn = environment.alias_arn(function.name, region)
    for what, text, longest in (
        ("alias ARN", arn, limits.FUNCTION_ARN_MAX_CHARS),
        ("function name", name, limits.FUNCTION_NAME_MAX_CHARS),
    ):
        if len(text) > longest:
            raise UserError(
                f"{source}: the {what} {text} has {len(text)} characters, but AWS allows {longest}: "
                "shorten app, environment or function name"
            )


def _check_policy_size(
    environment: Environment, function: Function, wired: tuple[Instance, ...], region: str, source: str
) -> None:
    arn = environment.alias_arn(function.name, region)
    statements = [
        {
            "Sid": "x" * 100,  # as long as an id may be
            "Effect": "Allow",
            "Principal": {"Service": "connect.amazonaws.com"},
            "Action": "lambda:InvokeFunction",
            "Resource": arn,
            "Condition": {
                "StringEquals": {"AWS:SourceAccount": instance.arn.account},
                "ArnLike": {"AWS:SourceArn": str(instance.arn)},
            },
        }
        for instance in wired
        for _ in range(2 if function.bot and function.kind is Kind.FLOW else 1)
    ]
    size = len(json.dumps({"Version": "2012-10-17", "Id": "default", "Statement": statements}))
    if size > limits.RESOURCE_POLICY_MAX_BYTES:
        raise UserError(
            f"{source}: {len(wired)} instances may invoke {function.name} in {region}, a policy of about "
            f"{size} bytes, but Lambda allows {limits.RESOURCE_POLICY_MAX_BYTES}: split the environment"
        )


def _check_instance(environment: Environment, instance: Instance, source: str) -> None:
    count = len(environment.associated_arns(instance))
    if count > instance.function_quota:
        raise UserError(
            f"{source}: instance {instance.name} would have {count} functions associated "
            f"(every Region counts), but its quota is {instance.function_quota}: list fewer, "
            "or have Service Quotas raise it and set function_quota"
        )
    for function in environment.functions_of(instance):
        if function.bot:
            _check_bot(environment, function, function.bot, instance, source)
    flows = environment.root / "flows"
    for flow in instance.flows:
        if not (flows / f"{flow}.json").exists():
            known = ", ".join(sorted(path.stem for path in flows.glob("*.json"))) or "none"
            raise UserError(f"{source}: instance {instance.name} lists flow {flow!r}, but flows/ has {known}")
        name = environment.names.flow(flow)
        if len(name) > limits.FLOW_NAME_MAX_CHARS:
            raise UserError(
                f"{source}: the flow name {name} has {len(name)} characters, but Connect allows "
                f"{limits.FLOW_NAME_MAX_CHARS}: shorten app, environment or flow name"
            )


def _check_bot(
    environment: Environment, function: Function, bot: str, instance: Instance, source: str
) -> None:
    """The permission names the bot alias and its account."""
    if bot not in instance.resources:
        raise UserError(
            f"{source}: function {function.name} serves the bot {bot!r}, "
            f"but resources of instance {instance.name} has no such entry: add its bot alias ARN"
        )
    arn = Arn.parse(instance.resources[bot])
    if arn.service != "lex" or not arn.resource.startswith("bot-alias/"):
        raise UserError(
            f"{source}: function {function.name} serves the bot {bot!r}, but the resource of that name of "
            f"instance {instance.name} is {arn}: use arn:aws:lex:REGION:ACCOUNT:bot-alias/BOT/ALIAS"
        )
    _check_bots_region(function, arn, environment.group(instance), source)


def _check_bots_region(function: Function, bot: Arn, group: RegionGroup, source: str) -> None:
    """A bot invokes the alias in its own Region: flow and bot would write the same effect in two."""
    both = function.effects and function.kind is Kind.FLOW
    if both and bot.region in group.regions and bot.region != group.preferred:
        raise UserError(
            f"{source}: the bot {bot} is in {bot.region}, but flows invoke {function.name}, which has "
            f"effects, in {group.preferred}: use a bot there, so that nothing is done once in each Region"
        )
