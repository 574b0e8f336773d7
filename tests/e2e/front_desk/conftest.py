"""One deployment of everything that environment local lists, for the calls through the front desk."""

import time
from collections.abc import Iterator

import pytest

from patchbay.local import samples
from tests.e2e.deployed import Deployed, deployed_from
from tests.e2e.front_desk import own
from tests.e2e.front_desk.tables import KEYS, item
from tests.e2e.project import copy_project


@pytest.fixture(scope="session")
def whole_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Environment local as it is, with functions of one's own, deployed from a copy of the project."""
    root = own.add(copy_project(tmp_path_factory.mktemp("front-desk") / "project"))
    with deployed_from(root, "local") as deployed:
        yield deployed


@pytest.fixture
def front_desk(whole_environment: Deployed) -> Deployed:
    """With the made-up customers as they were, in both Regions."""
    samples.load(whole_environment.environment, whole_environment.aws)
    home, fallback = whole_environment.environment.regions
    while any(
        item(whole_environment, table, home) != item(whole_environment, table, fallback) for table in KEYS
    ):
        time.sleep(0.05)
    return whole_environment
