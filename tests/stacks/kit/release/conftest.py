"""A Region with version 1 deployed."""

import pytest

from tests.stacks.kit.release.sim import Region
from tests.stacks.kit.release.sim_pair import Pair


@pytest.fixture
def region() -> Region:
    return Region()


@pytest.fixture
def pair() -> Pair:
    """Two Regions with version 1 deployed."""
    return Pair()
