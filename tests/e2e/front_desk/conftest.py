"""One deployment of everything that environment local lists, for the calls through the front desk."""

from collections.abc import Iterator

import pytest

from tests.e2e.deployed import Deployed, deployed_from
from tests.e2e.project import copy_project


@pytest.fixture(scope="session")
def front_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Environment local as it is, deployed from a copy of the project."""
    root = copy_project(tmp_path_factory.mktemp("front-desk") / "project")
    with deployed_from(root, "local") as deployed:
        yield deployed
