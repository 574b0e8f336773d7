"""What exists of an environment, read back from the APIs: one row per function and Region."""

import json

from botocore.exceptions import ClientError

from patchbay.aws import Aws
from patchbay.config import Environment, Instance
from patchbay.naming import LIVE

COLUMNS = ("Region", "function", "versions", "live", "may invoke", "listed in")
_NOTHING = "-"


def rows(environment: Environment, aws: Aws) -> list[tuple[str, ...]]:
    """A row's cells are those of COLUMNS; `-` where something is not there.

    `may invoke` is what the alias policy names, with the account it must come from; `listed in` are the
    instances that have the alias in their designer's list.
    """
    associated = {instance.name: _associations(aws, instance) for instance in environment.instances}
    found: list[tuple[str, ...]] = []
    for region in environment.regions:
        for function, _ in environment.wired(region):
            arn = environment.alias_arn(function.name, region)
            name = environment.names.function(function.name)
            instances = [key for key, arns in associated.items() if arn in arns]
            found.append(
                (
                    region,
                    function.name,
                    _versions(aws, name, region),
                    _alias(aws, name, region),
                    _invokers(environment, aws, name, region),
                    ", ".join(instances) or _NOTHING,
                )
            )
    return found


def _associations(aws: Aws, instance: Instance) -> set[str]:
    connect = aws.client("connect", instance.arn.region, instance.arn.account)
    pages = connect.get_paginator("list_lambda_functions").paginate(InstanceId=instance.arn.instance_id)
    return {arn for page in pages for arn in page["LambdaFunctions"]}


def _versions(aws: Aws, name: str, region: str) -> str:
    try:
        paginator = aws.client("lambda", region).get_paginator("list_versions_by_function")
        pages = paginator.paginate(FunctionName=name)
        versions = [version["Version"] for page in pages for version in page["Versions"]]
    except ClientError:
        return _NOTHING
    return ", ".join(version for version in versions if version.isdigit()) or _NOTHING


def _alias(aws: Aws, name: str, region: str) -> str:
    try:
        alias = aws.client("lambda", region).get_alias(FunctionName=name, Name=LIVE)
    except ClientError:
        return _NOTHING
    weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    split = "".join(f" and {version} ({weight:.0%})" for version, weight in weights.items())
    return f"{alias['FunctionVersion']}{split}"


def _invokers(environment: Environment, aws: Aws, name: str, region: str) -> str:
    """The instances and bots (or other sources) that the alias policy names, each with its account."""
    try:
        policy = aws.client("lambda", region).get_policy(FunctionName=name, Qualifier=LIVE)["Policy"]
    except ClientError:
        return _NOTHING
    names = {arn: key for instance in environment.instances for key, arn in instance.resources.items()}
    names |= {str(instance.arn): instance.name for instance in environment.instances}
    found = []
    for statement in json.loads(policy)["Statement"]:
        condition = statement.get("Condition", {})
        arn = condition.get("ArnLike", {}).get("AWS:SourceArn", "anyone")
        account = condition.get("StringEquals", {}).get("AWS:SourceAccount", "any")
        found.append(f"{names.get(arn, arn)} ({account})")
    return ", ".join(found)
