"""Contacts of which no flow log, or only a part of it, tells."""

import contextlib
import uuid
from collections.abc import Iterator

import pytest

from patchbay.explain import contact as contacts
from patchbay.explain import show
from tests.e2e.explain import moods
from tests.e2e.explain.conftest import Calls


@contextlib.contextmanager
def _without_flow_logs(calls: Calls) -> Iterator[None]:
    arn = calls.deployed.instance.arn
    client = calls.deployed.aws.client("connect", arn.region, arn.account)

    def log(value: str) -> None:
        client.update_instance_attribute(
            InstanceId=arn.instance_id, AttributeType="CONTACTFLOW_LOGS", Value=value
        )

    log("false")
    try:
        yield
    finally:
        log("true")


def _absent(calls: Calls, contact: str) -> contacts.Absent:
    found = calls.explain(contact)
    assert isinstance(found, contacts.Absent)
    return found


def test_a_contact_that_nobody_knows_is_told_with_what_was_searched(calls: Calls) -> None:
    found = _absent(calls, str(uuid.uuid4()))
    assert found.headline.endswith("no function's log names it")
    assert "/aws/connect/patchbay-local in us-east-1 has no entry of it" in found.reasons
    assert "it may be that the contact is older than 1h: try a longer --since" in found.reasons


def test_an_instance_that_does_not_log_flows_is_the_reason(calls: Calls) -> None:
    with _without_flow_logs(calls):
        contact = calls.place(mood="good")
        found = _absent(calls, contact)
    assert found.headline == (
        "nothing is in a flow log because logging was off: functions ran for this contact (1 request), and "
        "the instance does not log flows"
    )
    (ran,) = found.unlogged.ran
    assert (ran.function, ran.region, ran.attempts[0].version) == ("tutorial", "us-west-2", calls.version)


def test_a_flow_that_switches_logging_off_is_the_likely_reason(calls: Calls) -> None:
    flow = moods.flow(calls.folder, 3, logging="Disabled")
    found = _absent(calls, calls.place(flow=flow, mood="raises", card="hearts"))
    assert "because logging was off, most likely in the flow" in found.headline
    assert [attempt.outcome for attempt in found.unlogged.ran[0].attempts] == ["raised"] * 4


def test_a_path_that_is_whole_has_nothing_beside_it(calls: Calls) -> None:
    assert calls.path(calls.place(3, 3, mood="good")).unlogged.ran == ()


def test_functions_that_ran_while_logging_was_off_are_shown_beside_the_path(
    calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = moods.with_a_gap(moods.flow(calls.folder, 3, 3))
    found = calls.path(calls.place(flow=flow, mood="good"))
    assert len(found.blocks) == 1
    (ran,) = found.unlogged.ran
    (beside,) = ran.attempts
    assert beside.request not in {attempt.request for attempt in found.blocks[0].case.attempts}
    show.path(found)
    out = capsys.readouterr().out
    assert "logging is switched on here: what came before may have no entries" in out
    assert "tutorial in us-west-2 ran for this contact (no entry of the flow log tells of it" in out
