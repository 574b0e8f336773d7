"""Tails over Regions: merged by time, each line once, and none lost that comes late."""

from typing import cast

import pytest

from patchbay.aws import Aws
from patchbay.explain.reading import Group, Logs, silent
from patchbay.explain.tailing import OVERLAP_SECONDS, Look, Tail
from tests.explain.fake_logs import FakeLogs
from tests.explain.logs import CONTACT, NOON, decorated, report

WEST, EAST = "us-west-2", "us-east-1"


def _tail(fake: FakeLogs, **bounds: int) -> Tail:
    groups = {region: Group(region, "", "lines") for region in (WEST, EAST)}
    return Tail(Logs(cast(Aws, fake), silent, **bounds), groups, NOON)


def _both() -> FakeLogs:
    fake = FakeLogs()
    fake.groups = {(WEST, "lines"): [], (EAST, "lines"): []}
    return fake


def _texts(look: Look) -> list[str | None]:
    return [line.text for line in look.lines]


def test_lines_of_two_regions_are_merged_by_time() -> None:
    fake = _both()
    for region, seconds in ((WEST, 0), (WEST, 2), (EAST, 1), (EAST, 3)):
        fake.write(region, "lines", NOON + seconds, f"{seconds}")
    assert _texts(_tail(fake).look()) == ["0", "1", "2", "3"]


def test_no_line_is_shown_twice_and_a_late_one_is_not_lost() -> None:
    fake = _both()
    tail = _tail(fake)
    fake.write(WEST, "lines", NOON + 30, "in time")
    assert _texts(tail.look()) == ["in time"]
    fake.write(WEST, "lines", NOON + 31 - OVERLAP_SECONDS, "late", stream="another")
    fake.write(WEST, "lines", NOON + 30, "same moment")
    assert _texts(tail.look()) == ["late", "same moment"]
    assert _texts(tail.look()) == []


def test_two_lines_that_are_alike_are_two_lines() -> None:
    fake = _both()
    tail = _tail(fake)
    for _ in range(2):
        fake.write(WEST, "lines", NOON, "alike")
    assert _texts(tail.look()) == ["alike", "alike"]
    fake.write(WEST, "lines", NOON, "alike")
    assert _texts(tail.look()) == ["alike"]


def test_what_was_seen_is_not_kept_for_ever() -> None:
    fake = _both()
    tail = _tail(fake)
    for seconds in range(0, 1000, 10):
        fake.write(WEST, "lines", NOON + seconds, "line")
        tail.look()
    assert len(tail._seen[WEST].keys) <= 3
    assert fake.asked[-2]["startTime"] >= (NOON + 900) * 1000


def test_a_search_with_too_much_goes_on_where_it_ended() -> None:
    fake = _both()
    fake.page = 10
    for number in range(60):
        fake.write(WEST, "lines", NOON + number * 10, str(number))
    looks = list(_tail(fake, lines=20).looks(follow=False))
    assert [text for look in looks for text in _texts(look)] == [str(number) for number in range(60)]


def test_the_lines_of_a_request_know_their_version_their_contact_and_their_request() -> None:
    fake = _both()
    for text in (
        "START RequestId: r1 Version: 3",
        decorated("r1", "invocation started"),
        "looked up",
        decorated("r1", outcome="raised", error_type="KeyError", duration_ms=12.4),
        "END RequestId: r1",
        report("r1", 13.2, 300.0),
    ):
        fake.write(WEST, "lines", NOON, text, stream="2026/01/31/[3]0")
    lines = _tail(fake).look().lines
    assert {(line.version, line.request) for line in lines} == {("3", "r1")}
    assert [line.text for line in lines] == [
        "START",
        "started",
        "looked up",
        "raised in 12 ms (KeyError)",
        None,
        "REPORT 13 ms + Init 300 ms",
    ]
    assert lines[2].contact == CONTACT
    assert [line.failed for line in lines] == [False, False, False, True, False, False]


def test_a_region_that_refuses_does_not_hide_the_other() -> None:
    fake = _both()
    del fake.groups[EAST, "lines"]
    fake.write(WEST, "lines", NOON, "here")
    assert _texts(_tail(fake).look()) == ["here"]
    fake.refuse = "ThrottlingException"
    assert _tail(fake).look().unread[0] == "us-west-2: FilterLogEvents answered ThrottlingException"


def test_following_waits_between_looks_and_not_while_there_is_more() -> None:
    fake, slept = _both(), []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    looks = _tail(fake).looks(follow=True, sleep=sleep)
    found = [next(looks) for _ in range(3)]
    with pytest.raises(KeyboardInterrupt):
        next(looks)
    assert (len(found), len(slept)) == (3, 3)
