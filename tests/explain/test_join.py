"""Which requests belong to which block, whether entries are stamped at a block's begin or at its end."""

import pytest

from patchbay.explain.attempts import attempts
from patchbay.explain.join import join
from patchbay.explain.model import Attempt
from tests.explain.logs import CONTACT, FAILED, NOON, decorated, entry, request


def _attempt(name: str, at: float, contact: str | None = None, *, seconds: float = 0.5) -> Attempt:
    started = decorated(name, "invocation started", contact or CONTACT)
    (found,) = attempts(request(name, seconds * 1000, started, at=at))
    return found


def _nameless(name: str, at: float, *, failed: bool = True) -> Attempt:
    (found,) = attempts(request(name, 100, at=at, more="\tStatus: error" if failed else ""))
    return found


def _requests(joined: tuple[Attempt, ...]) -> list[str]:
    return [attempt.request for attempt in joined]


@pytest.mark.parametrize("stamped", ["at the end", "at the begin"])
def test_two_blocks_of_one_function_get_their_own_requests(stamped: str) -> None:
    shift = 0.6 if stamped == "at the end" else 0.0
    blocks = [entry(NOON + shift), entry(NOON + 10 + shift)]
    first, second = join(blocks, [_attempt("r1", NOON), _attempt("r2", NOON + 10)])
    assert (_requests(first.attempts), _requests(second.attempts)) == (["r1"], ["r2"])


def test_two_blocks_right_after_each_other_are_told_apart_by_the_ends() -> None:
    blocks = [entry(NOON + 0.6), entry(NOON + 3.3)]
    first, second = join(blocks, [_attempt("r1", NOON), _attempt("r2", NOON + 0.7, seconds=2.5)])
    assert (_requests(first.attempts), _requests(second.attempts)) == (["r1"], ["r2"])


def test_requests_of_other_contacts_and_of_other_times_are_not_taken() -> None:
    (found,) = join([entry(NOON)], [_attempt("r1", NOON, "another"), _attempt("r2", NOON - 60)])
    assert found.attempts == ()


def test_failed_requests_without_a_name_are_taken_by_their_time_alone() -> None:
    failed = [_nameless(f"r{number}", NOON + number / 5) for number in range(4)]
    (found,) = join([entry(NOON + 1, FAILED)], failed)
    assert (len(found.attempts), found.by_time) == (4, True)


def test_more_requests_than_connect_makes_are_not_taken_for_the_blocks() -> None:
    (found,) = join([entry(NOON + 1, FAILED)], [_nameless(f"r{n}", NOON + n / 10) for n in range(5)])
    assert (found.attempts, len(found.nameless)) == ((), 5)


def test_a_request_before_the_entry_before_is_another_blocks() -> None:
    entries = [entry(NOON, kind="PlayPrompt"), entry(NOON + 1, FAILED)]
    (found,) = join(entries[1:], [_nameless("r1", NOON - 1), _nameless("r2", NOON + 0.5)], entries)
    assert _requests(found.attempts) == ["r2"]


def test_a_failed_start_counts_among_requests_that_name_the_contact() -> None:
    (found,) = join([entry(NOON + 2)], [_nameless("r1", NOON), _attempt("r2", NOON + 0.5)])
    assert _requests(found.attempts) == ["r2"]
    (found,) = join([entry(NOON + 2, FAILED)], [_nameless("r1", NOON), _attempt("r2", NOON + 0.5)])
    assert _requests(found.attempts) == ["r1", "r2"]


def test_a_request_after_a_success_is_not_this_blocks() -> None:
    (found,) = join([entry(NOON + 0.1)], [_attempt("r1", NOON), _attempt("r2", NOON + 0.6)])
    assert _requests(found.attempts) == ["r1"]
