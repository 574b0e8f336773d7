"""Bootstrap, deploy and sample data: from an empty embedded AWS to one that takes calls."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from patchbay import output
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.doctor.scene import Made, of_assembly
from patchbay.local import cdk, samples
from patchbay.local.process import LocalAws


def deploy(environment: Environment, aws: LocalAws) -> Made:
    """Gives what was synthesized; progress goes to standard error. Raises UserError where the CLI fails."""
    with tempfile.TemporaryDirectory(prefix="patchbay-cdk-") as folder:
        assembly = Path(folder)
        with (
            output.step("synthesizing, and bootstrapping for the CDK") as report,
            ThreadPoolExecutor() as pool,
        ):
            synthesized = pool.submit(cdk.synth, environment, aws, assembly)
            cdk.bootstrap(environment, aws, report)
            synthesized.result()
            made = of_assembly(assembly)
        with output.step("publishing assets"):
            cdk.publish(environment, aws, assembly)
        with output.step(f"deploying environment {environment.name}") as report:
            cdk.deploy(environment, aws, assembly, report)
    count = samples.load(environment, Aws(environment, aws.url))
    output.note(f"{count} made-up records are in the tables")
    return made
