"""A Region with version 1 deployed."""

import pytest

from tests.stacks.kit.release.sim import Region


@pytest.fixture
def region() -> Region:
    return Region()
