"""Sets the scene: what is deployed, what this code synthesizes, and the programs on this machine."""

import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from patchbay import cdk_cli
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.doctor.model import Scene, Tools
from patchbay.errors import UserError
from patchbay.live import reading
from patchbay.live.model import Read, Unread

_TEMPLATE = ".template.json"


def read(
    environment: Environment, aws: Aws, *, synth: bool, other_flows: bool, progress: reading.Progress
) -> Scene:
    """The code is synthesized while AWS is read; without `synth` the templates are Unread."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        templates = pool.submit(synthesized, environment) if synth else None
        tools = pool.submit(tools_of, environment.root)
        seen = reading.read(environment, aws, other_flows=other_flows, progress=progress)
        made = templates.result() if templates else Unread("not asked for: leave out --no-synth")
        return Scene(environment, seen, tools.result(), made)


def synthesized(environment: Environment) -> Read[Mapping[str, Mapping[str, Any]]] | Unread:
    """By stack name; Unread with the CLI's complaint where the code does not synthesize."""
    with tempfile.TemporaryDirectory(prefix="patchbay-cdk-") as folder:
        try:
            cdk_cli.synth(environment.root, environment.name, Path(folder))
        except UserError as error:
            return Unread(" ".join(str(error).split()))
        files = sorted(Path(folder).glob(f"*{_TEMPLATE}"))
        return Read({file.name.removesuffix(_TEMPLATE): json.loads(file.read_text()) for file in files})


def tools_of(root: Path) -> Tools:
    """The programs of this machine, and what they are meant to be."""
    cdk_wanted, node_least = cdk_cli.wanted(root)
    cdk, node = cdk_cli.versions(root)
    return Tools(cdk, cdk_wanted, node, node_least)
