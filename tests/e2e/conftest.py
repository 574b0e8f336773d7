"""One embedded AWS for all end-to-end tests: who changes it puts it back."""

from collections.abc import Iterator

import pytest

from tests import few_samples
from tests.e2e.deployed import Deployed, deployed_from
from tests.e2e.project import copy_project


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Environment local with a few of its samples, deployed from a copy of the project."""
    root = few_samples.keep(copy_project(tmp_path_factory.mktemp("e2e") / "project"))
    with deployed_from(root, "local", by_cli=True) as deployed:
        yield deployed
