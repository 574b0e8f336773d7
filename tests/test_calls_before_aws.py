"""What is settled of a call before any AWS is asked: who calls, and whether the flow is a file."""

from pathlib import Path

import pytest

from patchbay import calls
from patchbay.calls import Caller
from tests.local.embedded import FLOW


@pytest.mark.parametrize("channel", ["VOICE", "EMAIL", "CHAT", "TASK"])
def test_a_caller_without_an_address_gets_one_where_the_channel_has_one(channel: str) -> None:
    customer = Caller(channel).contact(None).customer
    assert (customer is None) == (channel in ("CHAT", "TASK"))


@pytest.mark.parametrize(
    ("flow", "is_path"),
    [("tutorial", False), ("tutorial.json", True), ("flows/tutorial", True), ("./tutorial", True)],
)
def test_a_folder_or_an_ending_makes_a_path(flow: str, is_path: bool) -> None:
    assert calls.is_file(flow) is is_path


def test_a_file_in_this_folder_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exported").write_text(FLOW)
    assert calls.is_file("exported")
    result = calls.offline("exported", Caller(), digits=(), stub=())
    assert (result.flow, result.ended) == ("exported", "disconnected by flow")
