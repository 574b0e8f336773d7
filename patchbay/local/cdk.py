"""The pinned CDK CLI, pointed at the embedded AWS."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from patchbay import cdk_cli
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.local.process import LocalAws

Report = Callable[[str], None]


def _silent(_line: str) -> None:
    """Reports nothing."""


def bootstrap(environment: Environment, aws: LocalAws, report: Report = _silent) -> None:
    """Bootstraps every account and Region that the environment deploys to."""
    targets = {(environment.account, region) for region in environment.regions}
    targets |= {(instance.arn.account, instance.arn.region) for instance in environment.instances}
    for account in sorted({account for account, _ in targets}):
        regions = sorted(region for owner, region in targets if owner == account)
        names = [f"aws://{account}/{region}" for region in regions]
        trust = _trust(environment.account) if account != environment.account else ()
        # Away from cdk.json, whose app would want to know an environment.
        with tempfile.TemporaryDirectory(prefix="patchbay-cdk-") as elsewhere:
            _run(["bootstrap", *names, *trust], environment, aws, report, Path(elsewhere), account)


def synth(environment: Environment, aws: LocalAws, assembly: Path) -> None:
    """Writes the cloud assembly into a folder of its own, so that runs side by side do not meet."""
    command = ["synth", "--quiet", "--context", f"env={environment.name}", "--output", str(assembly)]
    _run(command, environment, aws, _silent, environment.root)


def publish(environment: Environment, aws: LocalAws, assembly: Path) -> None:
    """Uploads all assets ahead of `deploy`, which would wait with the last ones until a stack is done."""
    command = ["publish-assets", "--unstable", "publish-assets", "--all", "--app", str(assembly)]
    _run(command, environment, aws, _silent, assembly)


def deploy(environment: Environment, aws: LocalAws, assembly: Path, report: Report = _silent) -> None:
    """Every stack of the assembly, Regions side by side.

    Raises UserError with what failed where it fails.
    """
    command = ["deploy", "--all", "--app", str(assembly), "--require-approval", "never"]
    _run([*command, "--concurrency", "4", "--progress", "events"], environment, aws, report, assembly)


def _trust(account: str) -> list[str]:
    """Lets the functions' account deploy the Connect stack into the instance's account."""
    rights = "arn:aws:iam::aws:policy/AdministratorAccess"
    return ["--trust", account, "--cloudformation-execution-policies", rights]


def _run(
    arguments: Sequence[str],
    environment: Environment,
    aws: LocalAws,
    report: Report,
    folder: Path,
    account: str = "",
) -> None:
    cli = cdk_cli.path(environment.root)
    variables = aws.variables(account or environment.account, environment.regions[0])
    with (
        # What an interrupted CLI leaves behind goes with this folder.
        tempfile.TemporaryDirectory(prefix="patchbay-cdk-", ignore_cleanup_errors=True) as scratch,
        subprocess.Popen(  # noqa: S603 - the pinned CLI
            [str(cli), *arguments, "--no-notices", "--no-color"],
            cwd=folder,
            env=cdk_cli.quiet({**_without_aws(), **variables, **_quick_polls(), "TMPDIR": scratch}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip())
            report(lines[-1])
    if process.returncode:
        shown = "\n  ".join(cdk_cli.telling(lines))
        raise UserError(f"cdk {arguments[0]} failed for environment {environment.name}:\n  {shown}")


def _without_aws() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}


def _quick_polls() -> dict[str, str]:
    """The options of Node.js with which the CLI looks at a stack more often than every 5 s."""
    first = Path(__file__).with_name("quick_polls.cjs").as_posix()
    return {"NODE_OPTIONS": f'{os.environ.get("NODE_OPTIONS", "")} --require "{first}"'.strip()}
