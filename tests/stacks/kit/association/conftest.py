"""A fresh world for each test."""

import pytest

from tests.stacks.kit.association.world import World


@pytest.fixture
def world() -> World:
    return World()
