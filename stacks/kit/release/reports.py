"""Leaves the report of a release in S3: once for people, once for programs."""

import json
import logging
from typing import TYPE_CHECKING

from release.report import Told, name, report
from release.report_text import markdown

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

log = logging.getLogger(__name__)


def leave(s3: "S3Client", bucket: str, told: Told) -> None:
    """`<function's folder>/<release>.json` and `.md`; a repeated step writes them again. Never raises."""
    key = f"{told.settings.name}/{name(told.run)}"
    try:
        made = report(told)
        for suffix, kind, text in (
            ("json", "application/json", json.dumps(made, indent=2)),
            ("md", "text/markdown; charset=utf-8", markdown(made)),
        ):
            s3.put_object(Bucket=bucket, Key=f"{key}.{suffix}", Body=text.encode(), ContentType=kind)
    except Exception:
        log.exception("the report %s was not written to %s", key, bucket)
