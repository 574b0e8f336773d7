"""A fresh stack for each test."""

import pytest

from tests.stacks.custom_resources.live_alias.world import Stack


@pytest.fixture
def stack() -> Stack:
    return Stack()
