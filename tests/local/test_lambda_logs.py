"""What an invocation leaves in the log group on the embedded AWS: the lines that releases are judged by."""

import time
from typing import Any

import pytest

from patchbay.local.process import LocalAws
from release.log_lines import Begun, Fact, Report, parse
from tests.local.embedded import client, create_function, local_aws

__all__ = ["local_aws"]


@pytest.mark.parametrize(
    ("name", "source", "failed"),
    [
        ("fine", "def handler(event, context): print('looked up'); return {}", False),
        ("unimportable", "import no_such_module\ndef handler(event, context): return {}", True),
        ("raising", "def handler(event, context): raise ValueError('no')", True),
    ],
)
def test_report_says_whether_the_invocation_failed(
    local_aws: LocalAws, name: str, source: str, failed: bool
) -> None:
    lambda_ = client(local_aws.url, "lambda")
    create_function(lambda_, name, source)
    version = lambda_.publish_version(FunctionName=name)["Version"]
    lambda_.invoke(FunctionName=name, Qualifier=version, Payload=b"{}")
    begun, report = (fact for fact in _facts(local_aws, name) if isinstance(fact, Begun | Report))
    assert isinstance(begun, Begun)
    assert begun.version == version
    assert isinstance(report, Report)
    assert (report.request, report.failed) == (begun.request, failed)


def _facts(aws: LocalAws, name: str) -> list[Fact]:
    group = f"/aws/lambda/{name}"
    lines: list[Any] = client(aws.url, "logs").filter_log_events(logGroupName=group)["events"]
    found = (parse(line["message"], line["logStreamName"], time.time()) for line in lines)
    return [line.fact for line in found if line]
