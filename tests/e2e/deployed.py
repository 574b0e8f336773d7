"""An environment on an embedded AWS, deployed by the real CDK CLI from a copy of the project."""

import contextlib
import json
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from patchbay import environments
from patchbay.aws import Aws
from patchbay.calls import Caller, Line
from patchbay.config import Environment, Instance
from patchbay.local import cdk, deployment, process
from patchbay.local.gateway import CALLS_PATH
from patchbay.local.process import LocalAws
from patchbay.simulator.transcript import CallResult
from tests.e2e.reads import Live, read_live
from tests.e2e.synth import in_this_process, synth

Synth = Callable[[Environment, LocalAws, Path], None]
Place = tuple[str, str]
"""Region and function (the folder's name)."""


@dataclass(frozen=True)
class Deployed:
    """What tests read, edit and deploy again."""

    environment: Environment
    local: LocalAws
    aws: Aws
    first: dict[Place, Live] = field(default_factory=dict)
    """Every alias `live` right after the first deploy."""

    @property
    def root(self) -> Path:
        """The copy; editing it harms nobody."""
        return self.environment.root

    @property
    def instance(self) -> Instance:
        """The environment's only one."""
        (instance,) = self.environment.instances
        return instance

    @property
    def places(self) -> list[Place]:
        """Each function in each Region."""
        return [(region, name) for region in self.environment.regions for name in self.environment.functions]

    def live(self) -> dict[Place, Live]:
        """Where every alias `live` leads now."""
        return {place: read_live(self.aws, self.environment, *place) for place in self.places}

    def connect_writes(self) -> int:
        """How many requests so far changed something in Connect."""
        with urllib.request.urlopen(f"{self.local.url}{CALLS_PATH}") as answer:
            calls: dict[str, int] = json.load(answer)
        return sum(count for method, count in calls.items() if method != "GET")

    def deploy_again(self, synth: Synth = synth) -> None:
        """Raises UserError with what failed."""
        with tempfile.TemporaryDirectory(prefix="patchbay-e2e-") as folder:
            synth(self.environment, self.local, Path(folder))
            cdk.deploy(self.environment, self.local, Path(folder))

    def call(self, flow: str, address: str | None = None, **attributes: str) -> CallResult:
        """A voice call through a deployed flow."""
        line = Line(self.environment, self.instance, self.aws)
        return line.call(flow, Caller(address=address, attributes=attributes))


@contextlib.contextmanager
def deployed_from(root: Path, name: str, *, by_cli: bool = False) -> Iterator[Deployed]:
    """The environment `name` of the copy, for the length of a `with` block.

    `by_cli`: synthesized, bootstrapped and published too by the CDK CLI, as a user's is: 10 s longer.
    """
    environment = environments.load(name, root)
    with process.running(environment) as local:
        with contextlib.nullcontext() if by_cli else in_this_process():
            deployment.deploy(environment, local)
        deployed = Deployed(environment, local, Aws(environment, local.url))
        deployed.first.update(deployed.live())
        yield deployed
