"""A fresh stack for each test."""

import pytest

from tests.stacks.kit.live_alias.world import Stack


@pytest.fixture
def stack() -> Stack:
    return Stack()
