"""cdk-nag's AWS Solutions rules over every stack; what it may still find is listed here with its reason."""

import re
from pathlib import Path

import aws_cdk as cdk
import pytest
from cdk_nag import AwsSolutionsChecks

import app as cdk_app
from patchbay import environments
from tests.stacks.conftest import CONTEXT

ACCEPTED = {
    r"IAM5\[Resource::\*\]": "X-Ray, log delivery of Step Functions and metrics know no resources",
    r"IAM5\[Resource::arn:aws:lambda:[a-z0-9*-]+:\d{12}:function:patchbay-local-\*\]": (
        "a provider must still reach the alias of a function that this deploy removes"
    ),
    r"IAM5\[Resource::arn:aws:lambda:[a-z0-9-]+:\d{12}:function:patchbay-local-[a-z_]+:\*\]": (
        "the versions of one function, whose numbers only a deploy knows"
    ),
    r"IAM5\[Resource::arn:aws:states:[a-z0-9-]+:\d{12}:execution:patchbay-local-releases:\*\]": (
        "the executions of one machine, named after their release"
    ),
    r"IAM5\[Resource::<ReleasesReports\w+\.Arn>/\*\]": "one report for each release",
    r"SF1": "errors only: everything would be a dozen events a minute, and the step logs what it decides",
    r"S1": "reports hold counts and versions; who reads them needs no log of its own",
    r"IAM5\[Resource::<\w+Handler\w+\.Arn>:\*\]": "CDK's provider framework invokes its handler",
    r"IAM5\[Resource::.*parameter/patchbay/local/associations/\*\]": "one for each association",
    r"IAM5\[Resource::arn:aws:connect:[a-z0-9-]+:\d{12}:instance/\*\]": "what an exchanged instance leaves",
}


def test_nothing_is_found_beyond_what_is_accepted_with_a_reason(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path), context=CONTEXT)
    cdk_app.build(app, environments.load("local"))
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    with pytest.raises(Exception, match="AwsSolutions") as caught:
        app.synth()
    found = set(re.findall(r"Acknowledge with 'AwsSolutions::AwsSolutions-(.+)'", str(caught.value)))
    assert {one for one in found if not any(re.fullmatch(pattern, one) for pattern in ACCEPTED)} == set()
    assert [pattern for pattern in ACCEPTED if not any(re.fullmatch(pattern, one) for one in found)] == []
