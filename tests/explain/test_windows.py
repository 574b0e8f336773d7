"""The times in which a function's log is read."""

from patchbay.explain.join import SLACK_SECONDS
from patchbay.explain.windows import AFTER_SECONDS, of_blocks
from tests.explain.logs import FAILED, NOON, entry


def test_windows_that_meet_are_one() -> None:
    (merged,) = of_blocks([entry(NOON), entry(NOON + 5)], 3000)
    assert merged == (NOON - 3 - SLACK_SECONDS, NOON + 5 + 3 + SLACK_SECONDS)
    assert len(of_blocks([entry(NOON), entry(NOON + 60)], 3000)) == 2


def test_a_failed_block_is_read_until_its_requests_have_ended() -> None:
    ((_, until),) = of_blocks([entry(NOON, FAILED)], 7000)
    assert until == NOON + 7 + SLACK_SECONDS
    ((_, until),) = of_blocks([entry(NOON, FAILED)], 900_000)
    assert until == NOON + AFTER_SECONDS + SLACK_SECONDS
