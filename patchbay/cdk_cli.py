"""The pinned CDK CLI on this machine, and Node.js that it runs on."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from patchbay.errors import UserError

_REPEATED = re.compile(r"^\S+ \|( +\d+/\d+ \|)? [\d:]+ [AP]M \| ")
"""What the CLI puts before a resource's failure, differently each of the three times that it says it."""
_SECONDS = 60
"""For a program to say its version."""


def path(root: Path) -> Path:
    """Raises UserError where it is not installed."""
    cli = root / "node_modules" / ".bin" / "cdk"
    if not cli.exists():
        raise UserError(f"the CDK CLI is not installed ({cli} is missing): run `make setup`")
    return cli


def quiet(variables: Mapping[str, str]) -> dict[str, str]:
    """These environment variables, with the project's own Node.js first and nothing sent home."""
    search = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    fixed = {"PATH": search, "CDK_DISABLE_CLI_TELEMETRY": "true", "CDK_DISABLE_VERSION_CHECK": "1"}
    return {**variables, **fixed}


def telling(lines: Sequence[str]) -> list[str]:
    """What failed, first; the end of the output where nothing says so."""
    found = (line for line in lines if "FAILED" in line or "❌" in line or line.startswith("patchbay: "))
    failures = list(dict.fromkeys(_REPEATED.sub("", line) for line in found))
    return failures[:6] or [line for line in lines if line][-8:]


def synth(root: Path, environment: str, assembly: Path) -> None:
    """Writes the cloud assembly into a folder; asks AWS nothing. Raises UserError where it fails."""
    command = ["synth", "--quiet", "--context", f"env={environment}", "--output", str(assembly)]
    done = subprocess.run(  # noqa: S603 - the pinned CLI
        [str(path(root)), *command, "--no-notices", "--no-color"],
        cwd=root,
        env=quiet(os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shown = "\n  ".join(telling([*done.stdout.splitlines(), *done.stderr.splitlines()]))
        raise UserError(f"cdk synth failed for environment {environment}:\n  {shown}")


def wanted(root: Path) -> tuple[str, str]:
    """The CLI's pinned version, and the least major version of Node.js that it runs on."""
    locked = json.loads((root / "package-lock.json").read_text())["packages"]["node_modules/aws-cdk"]
    least = re.search(r"\d+", locked.get("engines", {}).get("node", ""))
    return locked["version"], least[0] if least else ""


def versions(root: Path) -> tuple[str, str]:
    """What the CLI and Node.js say of themselves; empty where one does not start."""
    return _version(root / "node_modules" / ".bin" / "cdk"), _version(Path("node"))


def _version(program: Path) -> str:
    try:
        said = subprocess.run(  # noqa: S603 - the pinned programs
            [str(program), "--version"],
            env=quiet(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(r"\d+\.\d+\.\d+", said)
    return found[0] if found else ""
