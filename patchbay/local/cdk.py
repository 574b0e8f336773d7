"""The pinned CDK CLI, pointed at the embedded AWS."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.local.process import LocalAws

Report = Callable[[str], None]


def bootstrap(environment: Environment, aws: LocalAws, report: Report = lambda _: None) -> None:
    """Bootstraps every account and Region that the environment deploys to."""
    targets = {(environment.account, region) for region in environment.regions}
    targets |= {(instance.arn.account, instance.arn.region) for instance in environment.instances}
    for account in sorted({account for account, _ in targets}):
        regions = sorted(region for owner, region in targets if owner == account)
        names = [f"aws://{account}/{region}" for region in regions]
        # Away from cdk.json, whose app would want to know an environment.
        with tempfile.TemporaryDirectory(prefix="patchbay-cdk-") as elsewhere:
            command = ["bootstrap", *names]
            _run(command, environment, aws.variables(account, regions[0]), report, Path(elsewhere))


def deploy(environment: Environment, aws: LocalAws, report: Report = lambda _: None) -> None:
    """`cdk deploy --all`, with the cloud assembly in a folder of its own.

    Raises UserError with the end of the CLI's output where it fails.
    """
    with tempfile.TemporaryDirectory(prefix="patchbay-cdk-") as assembly:
        _run(
            ["deploy", "--all", "--context", f"env={environment.name}", "--output", assembly]
            + ["--require-approval", "never", "--concurrency", "4", "--progress", "events"],
            environment,
            aws.variables(environment.account, environment.regions[0]),
            report,
            environment.root,
        )


def _run(
    arguments: Sequence[str], environment: Environment, variables: dict[str, str], report: Report, folder: Path
) -> None:
    cli = environment.root / "node_modules" / ".bin" / "cdk"
    if not cli.exists():
        raise UserError(f"the CDK CLI is not installed ({cli} is missing): run `make setup`")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    fixed = {"PATH": path, "CDK_DISABLE_CLI_TELEMETRY": "true", "CDK_DISABLE_VERSION_CHECK": "1"}
    with subprocess.Popen(  # noqa: S603 - the pinned CLI
        [str(cli), *arguments, "--no-notices", "--no-color"],
        cwd=folder,
        env={**os.environ, **fixed, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip())
            report(lines[-1])
    if process.returncode:
        shown = "\n  ".join(_telling(lines))
        raise UserError(f"cdk {arguments[0]} failed for environment {environment.name}:\n  {shown}")


def _telling(lines: Sequence[str]) -> list[str]:
    """What failed, first; the end of the output where nothing says so."""
    failures = [line for line in lines if "FAILED" in line or "❌" in line or line.startswith("patchbay: ")]
    return failures[:6] or [line for line in lines if line][-8:]
