"""Sets the scene: what is deployed, what this code synthesizes, and the programs on this machine."""

import json
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from patchbay import cdk_cli
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.doctor.model import Scene, Tools
from patchbay.errors import UserError
from patchbay.live import reading
from patchbay.live.crowd import Progress
from patchbay.live.model import Read, Seen, Unread

_TEMPLATE = ".template.json"

Made = Read[Mapping[str, Mapping[str, Any]]] | Unread
"""Templates by stack name."""
Templates = Callable[[Environment], Made]
"""Where the templates of this code come from: `synthesized`, or one of the others here."""


def read(
    environment: Environment,
    aws: Aws,
    templates: Templates,
    *,
    other_flows: bool,
    progress: Progress,
) -> Scene:
    """The code is synthesized while AWS is read."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = pool.submit(templates, environment)
        tools = pool.submit(tools_of, environment.root)
        seen = reading.read(environment, aws, other_flows=other_flows, progress=progress)
        return Scene(environment, seen, tools.result(), made.result())


def check_read(seen: Seen) -> None:
    """Raises UserError where no Region could be asked."""
    identities = [region.identity for region in seen.regions]
    unread = [identity.why for identity in identities if isinstance(identity, Unread)]
    if identities and len(unread) == len(identities):
        hint = ": export AWS_PROFILE=... or sign in first" if "no credentials" in unread[0] else ""
        raise UserError(f"nothing could be read: {unread[0]}{hint}")


def synthesized(environment: Environment) -> Made:
    """Unread with the CLI's complaint where the code does not synthesize."""
    with tempfile.TemporaryDirectory(prefix="patchbay-cdk-") as folder:
        try:
            cdk_cli.synth(environment.root, environment.name, Path(folder))
        except UserError as error:
            return Unread(" ".join(str(error).split()))
        return of_assembly(Path(folder))


def of_assembly(folder: Path) -> Read[Mapping[str, Mapping[str, Any]]]:
    """What was synthesized into a folder."""
    files = sorted(folder.glob(f"*{_TEMPLATE}"))
    return Read({file.name.removesuffix(_TEMPLATE): json.loads(file.read_text()) for file in files})


def not_asked_for(_: Environment) -> Made:
    """The code is not synthesized."""
    return Unread("not asked for: leave out --no-synth")


def tools_of(root: Path) -> Tools:
    """The programs of this machine, and what they are meant to be."""
    cdk_wanted, node_least = cdk_cli.wanted(root)
    cdk, node = cdk_cli.versions(root)
    return Tools(cdk, cdk_wanted, node, node_least)
