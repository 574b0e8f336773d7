"""One deployment in which a second version of every function meets callers, for all tests of this folder."""

import contextlib
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from live_alias import record as records
from live_alias.progress import Phase
from live_alias.record import Record
from patchbay import environments, main
from patchbay.calls import Line
from patchbay.local.traffic import Traffic
from patchbay.naming import LIVE
from tests.commands.conftest import Answer
from tests.e2e.deployed import Deployed, deployed_from
from tests.e2e.reads import read_live
from tests.e2e.releases import project

PATIENCE_SECONDS = 240
PATIENCE_AFTERWARDS_SECONDS = 20
"""Once a wait was in vain: every other release has had its time by then, too."""
OVER = frozenset({Phase.WATCH, Phase.DONE, Phase.BACK, Phase.STOP})


@dataclass(frozen=True)
class Releases:
    """Deployed, with callers on the functions that do not wait for a test to bring its own."""

    deployed: Deployed
    traffic: dict[str, Traffic]
    lines: dict[str, contextlib.ExitStack]
    """Closing one sends the callers of that function home."""
    trouble: Path
    in_vain: list[str] = field(default_factory=list)
    """What was waited for and did not happen. Nobody waits for it again: it would take as long."""

    @property
    def line(self) -> Line:
        """For callers that a test brings."""
        return Line(self.deployed.environment, self.deployed.instance, self.deployed.aws)

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
        version, weights = read_live(self.deployed.aws, self.deployed.environment, region, function).routing
        return version, dict(weights)

    def executions(self, function: str, region: str = "us-west-2") -> dict[str, str]:
        """The status of every execution there ever was for a function, by name."""
        machine = self.deployed.environment.release_machine_arn(region)
        client = self.deployed.aws.client("stepfunctions", region)
        pages = client.get_paginator("list_executions").paginate(stateMachineArn=machine)
        found = [execution for page in pages for execution in page["executions"]]
        ours = f"{self.deployed.environment.names.function(function)}-v"
        return {each["name"]: each["status"] for each in found if each["name"].startswith(ours)}

    def command(self, *arguments: str) -> Answer:
        """`patchbay release ARGUMENTS --env releases`, in this process."""
        out, err, root = io.StringIO(), io.StringIO(), self.deployed.root
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            patch.setattr(environments.load, "__defaults__", (root,))
            patch.setenv("AWS_ENDPOINT_URL", self.deployed.local.url)
            code = main.run(["release", *arguments, "--env", "releases"])
        return Answer(code, out.getvalue(), err.getvalue())

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Waits for it; a release has its own pace."""
        began = time.monotonic()
        while not happened():
            for callers in self.traffic.values():
                callers.check()
            waited = time.monotonic() - began
            if waited >= self._patience(what):
                earlier = f" (waited for in vain before: {'; '.join(self.in_vain)})" if self.in_vain else ""
                self.in_vain.append(what)
                pytest.fail(f"not within {waited:.0f} s: {what}{earlier}")
            time.sleep(0.3)

    def _patience(self, what: str) -> float:
        """Seconds."""
        if what in self.in_vain:
            return 0
        return PATIENCE_AFTERWARDS_SECONDS if self.in_vain else PATIENCE_SECONDS

    def reaches(self, phase: Phase, function: str, region: str = "us-west-2") -> None:
        """Waits for the phase."""
        self.until(lambda: self.phase(function, region) is phase, f"{function} in {region} is at {phase}")

    def rests(self, function: str, region: str = "us-west-2") -> None:
        """Waits until no execution works on the function."""
        running = f"nothing works on {function} in {region}"
        self.until(lambda: "RUNNING" not in self.executions(function, region).values(), running)

    def over(self, function: str, region: str = "us-west-2") -> Phase | None:
        """The phase in which the release of a function came to its verdict."""
        self.until(lambda: self.phase(function, region) in OVER, f"a verdict on {function} in {region}")
        if function in self.lines and function not in project.CALLED_AFTERWARDS:
            self.lines[function].close()
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
        called = [name for name in project.FUNCTIONS if name not in project.WITHOUT_CALLERS]
        lines = {name: callers.enter_context(contextlib.ExitStack()) for name in called}
        releases = Releases(deployed, {}, lines, trouble)
        for name, line in lines.items():
            releases.traffic[name] = line.enter_context(
                Traffic(releases.line, name, pause_seconds=project.PAUSES.get(name, 0.15))
            )
        for name, handler in project.CANDIDATES.items():
            project.write(root, name, handler, trouble, 2)
        deployed.deploy_again()
        yield releases


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Operators last: they undo what the other tests of this folder look at."""
    ours = [at for at, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    ordered = sorted((items[at] for at in ours), key=lambda item: item.path.stem == "test_operators")
    for at, item in zip(ours, ordered, strict=True):
        items[at] = item
