"""ELK, which finds the order of rows and the ways of wires; it runs in the project's Node.js."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from patchbay import cdk_cli
from patchbay.errors import UserError

Elk = Callable[[Mapping[str, Any]], dict[str, Any]]
"""Takes a graph in ELK's JSON format and gives it back with coordinates."""

_SCRIPT = Path(__file__).with_name("layout.mjs")
_NODE = "node"
"""The project's: it is first in the PATH of `cdk_cli.quiet`."""
_SECONDS = 120


def run(graph: Mapping[str, Any]) -> dict[str, Any]:
    """Raises UserError where the layout did not come about."""
    try:
        done = subprocess.run(  # noqa: S603 - the project's own script
            [_NODE, str(_SCRIPT)],
            input=json.dumps(graph),
            env=cdk_cli.quiet(os.environ),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        raise UserError(
            f"the map could not be laid out ({_reason(error.stderr)}): run `make setup`"
        ) from error
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise UserError(f"the map could not be laid out ({error}): run `make setup`") from error
    return answer


def _reason(stderr: str) -> str:
    lines = [line.strip() for line in stderr.splitlines()]
    told = next((line for line in lines if "Error" in line), "")
    return told or "Node.js gave no reason"
