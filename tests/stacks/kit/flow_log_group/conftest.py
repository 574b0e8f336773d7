"""A fresh world for each test."""

import pytest

from tests.stacks.kit.flow_log_group.world import World


@pytest.fixture
def world() -> World:
    return World()
