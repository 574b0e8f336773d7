"""cdk-nag's AWS Solutions rules over every stack; what it may still find is listed here with its reason."""

import re
from pathlib import Path

import aws_cdk as cdk
import pytest
from cdk_nag import AwsSolutionsChecks

import app as cdk_app
from patchbay import environments
from patchbay.environments import ROOT
from tests.stacks.conftest import UNSTAGED, with_layer

ACCEPTED = {
    r"IAM5\[Resource::\*\]": "X-Ray, log delivery, metrics and text messages know no resources",
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
    r"IAM5\[Resource::<Buckets\w+\.Arn>/\*\]": "the objects of one bucket",
    r"IAM5\[Resource::arn:aws:connect:[a-z0-9-]+:\d{12}:instance/[0-9a-f-]{36}/contact/\*\]": (
        "the contacts of one instance"
    ),
    r"S1": "reports hold counts and versions; of the others a data trail tells more than S3's own log",
    r"SMG4": "a key that signs what lives for minutes: its rotation would refuse what is under way",
    r"IAM5\[Resource::<\w+Handler\w+\.Arn>:\*\]": "CDK's provider framework invokes its handler",
    r"IAM5\[Resource::.*parameter/patchbay/local/associations/\*\]": "one for each association",
    r"IAM5\[Resource::arn:aws:connect:[a-z0-9-]+:\d{12}:instance/\*\]": "what an exchanged instance leaves",
    r"IAM5\[Resource::arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:/aws/connect/[a-z-]+:\*\]": (
        "one log group, as its policies name it"
    ),
}


@pytest.mark.parametrize("made_up", [False, True], ids=["local", "everything"])
def test_nothing_is_found_beyond_what_is_accepted_with_a_reason(
    everything: Path, tmp_path: Path, made_up: bool
) -> None:
    app = cdk.App(outdir=str(tmp_path), context=UNSTAGED)
    cdk_app.build(app, environments.load("local", with_layer(everything) if made_up else ROOT))
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    with pytest.raises(Exception, match="AwsSolutions") as caught:
        app.synth()
    found = set(re.findall(r"Acknowledge with 'AwsSolutions::AwsSolutions-(.+)'", str(caught.value)))
    assert {one for one in found if not any(re.fullmatch(pattern, one) for pattern in ACCEPTED)} == set()
    if made_up:
        assert [p for p in ACCEPTED if not any(re.fullmatch(p, one) for one in found)] == []
