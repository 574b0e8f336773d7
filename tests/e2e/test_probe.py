"""`patchbay probe` on the embedded AWS, as a user types it: what it answers there, and that nothing stays."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.e2e.deployed import Deployed

IN_A_HURRY = """
import time
from patchbay.entry import main
from patchbay.probe import bench
from patchbay.probe.clock import Clock

MOST_SECONDS, skipped = 0.05, 0.0

def sleep(seconds):
    global skipped
    skipped += max(0.0, seconds - MOST_SECONDS)
    time.sleep(min(seconds, MOST_SECONDS))

bench.Clock = lambda: Clock(lambda: time.time() + skipped, sleep)
main()
"""
"""The command, whose clock runs ahead while it waits for Connect's quota or for metrics that never come."""

AS_ASSUMED = {
    "qualified-arn": "yes",
    "automatic-statement": "yes",
    "associated-twice": "yes",
    "other-region-arn": "yes",
    "disassociated": "yes",
    "other-region-flow": "yes",
    "equal-version": "no",  # MiniStack publishes anew once the same code was sent again
    "stale-revision": "yes",
    "named-version": "yes",
    "any-weight": "yes",
    "zero-weight": "unknown",  # MiniStack routes by no weight at all
    "metrics-split": "unknown",
    "metrics-unsplit": "unknown",
    "metric-lag": "unknown",  # MiniStack counts by function only
    "log-lag": "yes",
}


def _there_is(deployed: Deployed) -> dict[str, Any]:
    aws, instance = deployed.aws, deployed.instance.arn
    connect = aws.client("connect", instance.region)
    found: dict[str, Any] = {
        "associations": connect.list_lambda_functions(InstanceId=instance.instance_id)["LambdaFunctions"],
        "flows": connect.list_contact_flows(InstanceId=instance.instance_id)["ContactFlowSummaryList"],
        "roles": sorted(
            role["RoleName"] for role in aws.client("iam", instance.region).list_roles()["Roles"]
        ),
    }
    for region in deployed.environment.regions:
        functions = aws.client("lambda", region).list_functions()["Functions"]
        groups = aws.client("logs", region).describe_log_groups()["logGroups"]
        found[region] = (
            sorted(one["FunctionName"] for one in functions),
            sorted(one["logGroupName"] for one in groups),
        )
    return found


@pytest.mark.usefixtures("deployed")
def test_the_embedded_aws_answers_and_is_as_it_was_afterwards(deployed: Deployed) -> None:
    before, aliases = _there_is(deployed), deployed.live()
    done = subprocess.run(
        [sys.executable, "-c", IN_A_HURRY, "probe", "--env", "local", "--json"],
        env={**os.environ, "AWS_ENDPOINT_URL": deployed.local.url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert {one["id"]: one["as_assumed"] for one in found["answers"]} == AS_ASSUMED, done.stdout
    assert found["left"] == []
    assert found["embedded"] is True
    assert "a real account settles them" in found["note"]
    assert "removes    all of it at the end" in done.stderr
    assert _there_is(deployed) == before
    assert deployed.live() == aliases
