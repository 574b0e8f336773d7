"""The Connect instances that a user's credentials see, before there is an environment."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from patchbay.arns import InstanceArn
from patchbay.errors import UserError

_LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Seen:
    """One instance."""

    arn: InstanceArn
    alias: str
    """Empty where Connect tells none, as for an instance with an existing directory."""


def regions(profile: str | None, further: Sequence[str]) -> tuple[str, ...]:
    """The Regions to look into: the one that is configured, and those that the user named."""
    configured = boto3.Session(profile_name=profile).region_name
    return tuple(dict.fromkeys(region for region in (configured, *further) if region))


def visible(profile: str | None, region: str) -> tuple[Seen, ...]:
    """The instances of one Region. Raises botocore's errors."""
    pages = _connect(profile, region).get_paginator("list_instances").paginate()
    summaries = [one for page in pages for one in page["InstanceSummaryList"]]
    return tuple(Seen(InstanceArn.parse(one["Arn"]), one.get("InstanceAlias", "")) for one in summaries)


def alias(profile: str | None, arn: InstanceArn) -> str:
    """The instance's alias. Raises UserError that names what would answer."""
    try:
        found = _connect(profile, arn.region).describe_instance(InstanceId=arn.instance_id)["Instance"]
    except (ClientError, BotoCoreError) as error:
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else error
        raise UserError(
            f"the alias of {arn} cannot be read ({code}): sign in with connect:DescribeInstance allowed, "
            "or give it with --alias"
        ) from error
    if not (given := str(found.get("InstanceAlias") or "")):
        raise UserError(f"the instance {arn} has no alias: give the name of its log group with --alias")
    return given


def _connect(profile: str | None, region: str) -> Any:
    config = Config(connect_timeout=5, retries={"mode": "standard", "total_max_attempts": 4})
    if urlsplit(os.environ.get("AWS_ENDPOINT_URL", "")).hostname in _LOOPBACK:
        config = config.merge(Config(proxies={}))  # the shell's proxy does not know this machine's loopback
    return boto3.Session(profile_name=profile).client("connect", region_name=region, config=config)
