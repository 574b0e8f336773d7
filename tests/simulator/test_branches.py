"""The Error branch of a block is told to whoever counts it."""

from patchbay.simulator.flowlog import Entries
from tests.simulator.world import FakeFunctions, call, failed, invokes


def test_a_block_that_takes_its_error_branch_is_told_of_without_logging_too() -> None:
    log = Entries()
    call(invokes(), functions=FakeFunctions(replies=[failed()]), log=log)
    assert log.error_branches == ["test"]
    assert log.entries == []


def test_a_block_that_succeeds_is_not() -> None:
    log = Entries()
    call(invokes(), log=log)
    assert log.error_branches == []
