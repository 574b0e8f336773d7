"""The failures of a period, for people."""

import time

import pytest

from patchbay.explain import show_recent
from patchbay.explain.case import Kind
from patchbay.explain.flow_logs import Searched
from patchbay.explain.recent import Group, Recent
from patchbay.live.model import Unread

_ARN = "arn:aws:lambda:us-west-2:000000000000:function:somebody-elses:live"
_DAY = 86_400.0


def _group(function: str = "tutorial", at: float | None = None) -> Group:
    when = time.time() if at is None else at
    return Group(
        Kind.RAISED, function, "us-west-2", "3", 2, when, when, "c1", "the handler raised", True, "patchbay x"
    )


def _shown(
    capsys: pytest.CaptureFixture[str],
    *groups: Group,
    searched: tuple[Searched, ...] = (),
    unlogged: tuple[str, ...] = (),
) -> list[str]:
    show_recent.recent(Recent(groups, len(groups), 0, searched), "1h", unlogged)
    return capsys.readouterr().out.splitlines()


def _searched(unread: Unread | None = None) -> Searched:
    return Searched("americas", "/aws/connect/x", "us-east-1", (), missing=False, more=False, unread=unread)


def test_below_the_table_each_failure_has_its_cause_and_the_next_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = _shown(capsys, _group())
    assert shown[-2:] == ["tutorial in us-west-2, version 3: the handler raised", "  patchbay x"]


def test_a_function_of_somebody_else_is_named_without_its_region_and_account(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = _shown(capsys, _group(_ARN))
    assert "somebody-elses:live" in shown[1]
    assert "arn:aws" not in shown[1]


def test_failures_of_an_earlier_day_are_shown_with_their_day(capsys: pytest.CaptureFixture[str]) -> None:
    at = time.time() - 2 * _DAY
    day = time.strftime("%m-%d", time.gmtime(at))
    assert f"  {day} " in _shown(capsys, _group(at=at))[1]
    assert f"  {day} " not in _shown(capsys, _group())[1]


def test_an_instance_without_flow_logging_is_named_where_nothing_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (nothing, but) = _shown(capsys, searched=(_searched(),), unlogged=("americas",))
    assert nothing == "no Lambda block failed in the last 1h, as far as flow logs tell"
    assert but == "but instance americas does not log flows now: its attribute CONTACTFLOW_LOGS is false"


def test_where_no_flow_log_could_be_read_it_does_not_say_that_nothing_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = _shown(capsys, searched=(_searched(Unread("refused")),))
    assert shown == ["no flow log could be read: whether a Lambda block failed is not known"]
