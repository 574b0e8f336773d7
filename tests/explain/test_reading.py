"""Searches in log groups: bounded, paced, and honest about what was not read."""

from typing import cast

import pytest

from patchbay.aws import Aws
from patchbay.explain.reading import Found, Group, Logs, silent
from patchbay.live.model import Read, Unread
from tests.explain.fake_logs import FakeLogs
from tests.explain.logs import NOON

GROUP = Group("us-west-2", "", "lines")


def _logs(fake: FakeLogs, **bounds: int) -> Logs:
    return Logs(cast(Aws, fake), silent, **bounds)


def _written(count: int, page: int = 2) -> FakeLogs:
    fake = FakeLogs(page)
    for number in range(count):
        fake.write("us-west-2", "lines", NOON + number, f"line {number}\n")
    return fake


def test_every_page_is_read() -> None:
    found = _logs(_written(5)).search(GROUP, NOON)
    assert isinstance(found, Read)
    assert found.value is not None
    assert [line.message for line in found.value.lines] == [f"line {n}" for n in range(5)]
    assert not found.value.more


@pytest.mark.parametrize("bounds", [{"pages": 2}, {"lines": 4}])
def test_what_is_too_much_is_said(bounds: dict[str, int]) -> None:
    found = _logs(_written(9), **bounds).search(GROUP, NOON)
    assert isinstance(found, Read)
    assert found.value is not None
    assert (len(found.value.lines), found.value.more) == (4, True)


def test_a_log_group_that_is_not_there_is_an_answer() -> None:
    assert _logs(FakeLogs()).search(GROUP, NOON) == Read[Found | None](None)


def test_a_missing_right_is_named() -> None:
    fake = _written(1)
    fake.refuse = "AccessDeniedException"
    assert _logs(fake).search(GROUP, NOON) == Unread(
        "FilterLogEvents answered AccessDeniedException", "logs:FilterLogEvents"
    )


def test_every_page_is_reported() -> None:
    said: list[str] = []
    Logs(cast(Aws, _written(5)), said.append).search(GROUP, NOON)
    assert said == [f"lines in us-west-2, page {number}" for number in (1, 2, 3)]
