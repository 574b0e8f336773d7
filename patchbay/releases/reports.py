"""Finished releases' reports, from the bucket of the Region's Functions stack."""

import json
from typing import TYPE_CHECKING

from patchbay.aws import Aws
from patchbay.releases.everywhere import Refused
from patchbay.releases.sites import Site

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OUTPUT = "ReleaseReports"
"""The stack's output that names the bucket."""


def newest(aws: Aws, site: Site, suffix: str) -> str:
    """The text of the newest report of one function in one Region; `suffix`: md or json.

    Raises Refused where there is none, ClientError.
    """
    bucket = _bucket(aws, site)
    s3 = aws.client("s3", site.region)
    key = _newest_key(s3, bucket, f"{site.function.name}/", f".{suffix}")
    if key is None:
        raise Refused("no release has ended yet, so there is no report; `patchbay release watch` shows more")
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()


def _bucket(aws: Aws, site: Site) -> str:
    stack = site.environment.names.functions_stack(site.region)
    client = aws.client("cloudformation", site.region)
    try:
        found = client.describe_stacks(StackName=stack)["Stacks"]
    except client.exceptions.ClientError as error:
        if "does not exist" not in str(error):
            raise
        raise Refused(
            f"stack {stack} is not there: deploy environment {site.environment.name} first"
        ) from None
    outputs = {o["OutputKey"]: o["OutputValue"] for o in found[0].get("Outputs", [])}
    if OUTPUT not in outputs:
        raise Refused(f"stack {stack} has no output {OUTPUT}: deploy it once more")
    return outputs[OUTPUT]


def _newest_key(s3: "S3Client", bucket: str, prefix: str, suffix: str) -> str | None:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    found = [o for page in pages for o in page.get("Contents", []) if o["Key"].endswith(suffix)]
    return max(found, key=lambda o: o["LastModified"])["Key"] if found else None


def parsed(text: str) -> dict[str, object]:
    """A report in JSON."""
    found: dict[str, object] = json.loads(text)
    return found
