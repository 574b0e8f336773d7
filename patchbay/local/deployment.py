"""Bootstrap, deploy and sample data: from an empty embedded AWS to one that takes calls."""

from patchbay import output
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.local import cdk, samples
from patchbay.local.process import LocalAws


def deploy(environment: Environment, aws: LocalAws) -> None:
    """With progress on standard error; raises UserError where the CDK CLI fails."""
    with output.step("bootstrapping for the CDK") as report:
        cdk.bootstrap(environment, aws, report)
    with output.step(f"deploying environment {environment.name}") as report:
        cdk.deploy(environment, aws, report)
    count = samples.load(environment, Aws(environment, aws.url))
    output.note(f"{count} made-up records are in the tables")
