"""Calls that go wrong on the deployment of all end-to-end tests, and their explanations."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from patchbay.explain import contact as contacts
from patchbay.explain.case import Cause, Kind
from tests.e2e.by_hand import kept, move, publish
from tests.e2e.deployed import Deployed, Place
from tests.e2e.explain import moods

TUTORIAL: Place = ("us-west-2", "tutorial")
PATIENCE_SECONDS = 15.0


@dataclass(frozen=True)
class Calls:
    """On a version of the tutorial with moods."""

    deployed: Deployed
    version: str
    folder: Path

    def place(self, *limits: int, flow: str = "", **attributes: str) -> str:
        """A call; gives its contact id."""
        path = flow or moods.flow(self.folder, *(limits or (3,)))
        return self.deployed.call(path, **attributes).contact_id

    def explain(self, contact: str) -> contacts.Path | contacts.Absent:
        """As the command does."""
        now = time.time()
        deployed = self.deployed
        return contacts.explain(deployed.environment, deployed.aws, contact, "1h", now - 3600, now)

    def path(self, contact: str) -> contacts.Path:
        """Of a contact that is in a flow log."""
        found = self.explain(contact)
        assert isinstance(found, contacts.Path)
        return found

    def once(self, contact: str, enough: Callable[[Cause], bool]) -> Cause:
        """The cause of the last block, as soon as it is enough: the embedded AWS writes lines at the end."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            cause = self.path(contact).blocks[-1].cause
            assert cause is not None
            if enough(cause):
                return cause
            assert time.monotonic() < deadline, cause
            time.sleep(0.2)

    def cause(self, contact: str, kind: Kind) -> Cause:
        """Of the last block, once it is of that kind."""
        return self.once(contact, lambda cause: cause.kind is kind)


@pytest.fixture(scope="package")
def calls(deployed: Deployed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    """One version for all tests of this folder; it is warm."""
    with kept(deployed, TUTORIAL):
        version = publish(deployed, TUTORIAL, handler=moods.HANDLER)
        move(deployed, TUTORIAL, version)
        calls = Calls(deployed, version, tmp_path_factory.mktemp("moods"))
        calls.place(mood="good")
        yield calls
