"""One deployment in which a second version of every function meets callers, for all tests of this folder."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from live_alias import record as records
from live_alias.progress import Phase
from live_alias.record import Record
from patchbay.calls import Line
from patchbay.local.traffic import Traffic
from patchbay.naming import LIVE
from tests.e2e.deployed import Deployed, deployed_from
from tests.e2e.releases import project

PATIENCE_SECONDS = 120
OVER = frozenset({Phase.WATCH, Phase.DONE, Phase.BACK, Phase.STOP})


@dataclass(frozen=True)
class Releases:
    """Deployed, with callers on the functions that do not wait for a test to bring its own."""

    deployed: Deployed
    traffic: dict[str, Traffic]
    trouble: Path

    def record(self, function: str, region: str = "us-west-2") -> Record:
        """What GetAlias alone tells."""
        name = self.deployed.environment.names.function(function)
        client = self.deployed.aws.client("lambda", region)
        found = records.parse(client.get_alias(FunctionName=name, Name=LIVE)["Description"])
        assert found is not None
        return found

    def phase(self, function: str, region: str = "us-west-2") -> Phase | None:
        """Of the newest release."""
        progress = self.record(function, region).progress
        return progress.phase if progress else None

    def routing(self, function: str, region: str = "us-west-2") -> tuple[str, dict[str, float]]:
        """Where the alias leads."""
        version, weights = self.deployed.live()[region, function].routing
        return version, dict(weights)

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Waits for it; a release has its own pace."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            assert time.monotonic() < deadline, f"not within {PATIENCE_SECONDS} s: {what}"
            time.sleep(0.3)

    def over(self, function: str, region: str = "us-west-2") -> Phase | None:
        """The phase in which the release of a function came to its verdict."""
        self.until(lambda: self.phase(function, region) in OVER, f"a verdict on {function} in {region}")
        return self.phase(function, region)

    @contextlib.contextmanager
    def failing(self, function: str) -> Iterator[None]:
        """What the function stands on is out of order."""
        flag = self.trouble / function
        flag.touch()
        try:
            yield
        finally:
            flag.unlink()


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    """Second versions are deployed by the CDK CLI while callers are on the first ones."""
    trouble = tmp_path_factory.mktemp("trouble")
    root = project.make(tmp_path_factory.mktemp("releases") / "project", trouble)
    with deployed_from(root, "releases") as deployed, contextlib.ExitStack() as callers:
        line = Line(deployed.environment, deployed.instance, deployed.aws)
        traffic = {
            name: callers.enter_context(Traffic(line, name, pause_seconds=0.15))
            for name in project.FUNCTIONS
            if name not in project.WITHOUT_CALLERS
        }
        for name, handler in project.CANDIDATES.items():
            project.write(root, name, handler, trouble, 2)
        deployed.deploy_again()
        yield Releases(deployed, traffic, trouble)
