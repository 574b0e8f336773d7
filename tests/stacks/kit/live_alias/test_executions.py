"""The execution of a release: its name, and a right to start it that is missing."""

import pytest

from live_alias.errors import LiveAliasError
from live_alias.executions import Run
from live_alias.limits import EXECUTION_NAME_MAX_CHARS
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.live_alias import test_canary
from tests.stacks.kit.live_alias.world import Stack

canary = test_canary.canary


def test_a_right_that_stays_missing_fails_the_deploy_in_words(canary: Stack) -> None:
    canary.states.faults = [ServiceError("AccessDeniedException", 400, "not authorized")] * 20

    with pytest.raises(LiveAliasError, match=r"in 8 attempts.*cannot start the controller.*not authorized"):
        canary.deploy_halfway()


def test_the_name_of_an_execution_has_room_for_the_longest_function() -> None:
    run = Run("f" * 64, "9" * 12, 9_999_999_999, 999)
    assert len(run.name) <= EXECUTION_NAME_MAX_CHARS
    assert run.name != Run("f" * 63 + "g", "9" * 12, 9_999_999_999, 999).name
