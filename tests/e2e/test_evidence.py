"""What the release controller reads about real invocations, on the lines and metrics of the embedded AWS."""

import time
from collections.abc import Callable

import pytest

from release.evidence import LOG_LINES, Clients, Reading, Window
from release.reading import cross_check, history, read
from tests.e2e.by_hand import kept, lambda_of, move, publish
from tests.e2e.deployed import Deployed
from tests.e2e.reads import read_live

TUTORIAL = ("us-west-2", "tutorial")
WRITTEN_WITHIN_SECONDS = 15

HANDLER = """
import time
from common.handler import contact_handler

@contact_handler
def handler(event):
    {}
    return {{"customerBalance": "1"}}
"""

MISBEHAVING = {
    "raises": HANDLER.format("raise ValueError"),
    "answers what Connect refuses": HANDLER.format("return {'customerBalance': {'amount': '1'}}"),
    "sleeps past the limit": HANDLER.format("time.sleep(20)"),
    "fails to import": "import nowhere_to_be_found",
}


class Evidence:
    """Of the tutorial."""

    def __init__(self, deployed: Deployed) -> None:
        region = TUTORIAL[0]
        client, self.function = lambda_of(deployed, TUTORIAL)
        configuration = client.get_function_configuration(FunctionName=self.function)
        self.log_group = configuration["LoggingConfig"]["LogGroup"]
        self.clients = Clients(deployed.aws.client("logs", region), deployed.aws.client("cloudwatch", region))
        self.since = time.time()

    def window(self, *versions: str) -> Window:
        """From the start of the test until now."""
        return Window(self.function, self.log_group, versions, self.since, time.time(), 3.0)

    def once(self, enough: Callable[[Reading], bool], *versions: str) -> Reading:
        """The first reading that is enough; the embedded AWS writes the lines when an invocation is over."""
        deadline = time.monotonic() + WRITTEN_WITHIN_SECONDS
        while not enough(reading := read(self.clients, self.window(*versions))):
            assert time.monotonic() < deadline, reading
            time.sleep(0.2)
        return reading


def _told(reading: Reading, version: str) -> list[bool]:
    """Of each contact that met the version, whether it failed."""
    return [sample.failed for sample in reading.samples if sample.version == version]


@pytest.mark.parametrize("fault", MISBEHAVING)
def test_a_contact_that_a_version_fails_counts_once_however_it_fails(deployed: Deployed, fault: str) -> None:
    stable = read_live(deployed.aws, deployed.environment, *TUTORIAL).version
    evidence = Evidence(deployed)
    with kept(deployed, TUTORIAL):
        candidate = publish(deployed, TUTORIAL, handler=MISBEHAVING[fault])
        deployed.call("tutorial")
        move(deployed, TUTORIAL, candidate)
        result = deployed.call("tutorial")
        reading = evidence.once(lambda found: bool(_told(found, candidate)), candidate, stable)
    assert result.invocations[0].outcome != "success"
    assert (_told(reading, stable), _told(reading, candidate)) == ([False], [True])
    assert reading.failures == {candidate: reading.attempts[candidate]}
    assert (reading.source, reading.throttled) == (LOG_LINES, 0)


def test_lines_and_metrics_of_a_split_agree_and_the_lines_are_the_versions_history(
    deployed: Deployed,
) -> None:
    old = read_live(deployed.aws, deployed.environment, *TUTORIAL).version
    with kept(deployed, TUTORIAL):
        new = publish(deployed, TUTORIAL, marker="# another")
        move(deployed, TUTORIAL, old, **{f"v{new}": 0.5})
        evidence = Evidence(deployed)
        answered = [deployed.call("tutorial").invocations[0].version for _ in range(12)]
        reading = evidence.once(lambda found: len(found.samples) == len(answered), new, old)
        doubled = {version: 2 * count + 10 for version, count in reading.attempts.items()}
        window, clients = evidence.window(new, old), evidence.clients
        agreed = cross_check(clients, window, reading.attempts, reading.failures)
        missed = cross_check(clients, window, doubled, {})
        past = history(clients, evidence.function, evidence.log_group, old, time.time())
    assert reading.samples == tuple(sorted(reading.samples, key=lambda sample: sample.started))
    assert reading.attempts == {v: answered.count(v) for v in (old, new) if v in answered}
    assert reading.failures == {}
    assert agreed is None
    assert str(missed).startswith("metrics are behind")
    assert past.counts.seen >= answered.count(old)
    assert past.source == LOG_LINES
