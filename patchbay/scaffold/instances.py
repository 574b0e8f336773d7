"""The Connect instances that a user's credentials see, before there is an environment."""

from collections.abc import Sequence
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from patchbay import aws
from patchbay.arns import InstanceArn
from patchbay.errors import UserError


@dataclass(frozen=True)
class Seen:
    """One instance."""

    arn: InstanceArn
    alias: str
    """Empty where Connect tells none, as for an instance with an existing directory."""


def regions(profile: str | None, further: Sequence[str]) -> tuple[str, ...]:
    """The Regions to look into: the one that is configured, and those that the user named."""
    configured = aws.configured_region(profile)
    return tuple(dict.fromkeys(region for region in (configured, *further) if region))


def visible(profile: str | None, region: str) -> tuple[Seen, ...]:
    """The instances of one Region. Raises botocore's errors."""
    pages = aws.connect_of_profile(profile, region).get_paginator("list_instances").paginate()
    summaries = [one for page in pages for one in page["InstanceSummaryList"]]
    return tuple(Seen(InstanceArn.parse(one["Arn"]), one.get("InstanceAlias", "")) for one in summaries)


def alias(profile: str | None, arn: InstanceArn) -> str:
    """The instance's alias. Raises UserError that names what would answer."""
    try:
        found = aws.connect_of_profile(profile, arn.region).describe_instance(InstanceId=arn.instance_id)[
            "Instance"
        ]
    except (ClientError, BotoCoreError) as error:
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else error
        raise UserError(
            f"the alias of {arn} cannot be read ({code}): sign in with connect:DescribeInstance allowed, "
            "or give it with --alias"
        ) from error
    if not (given := str(found.get("InstanceAlias") or "")):
        raise UserError(f"the instance {arn} has no alias: give the name of its log group with --alias")
    return given
