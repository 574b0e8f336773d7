"""`patchbay local callers`."""

import pytest

from patchbay.commands.callers import rows
from patchbay.local.traffic import Contact
from patchbay.main import run
from patchbay.simulator.verdicts import Outcome


def test_contacts_are_counted_by_the_version_that_they_met_first() -> None:
    contacts = [
        Contact("2", 4, Outcome.FUNCTION_ERROR),
        Contact("1", 1, Outcome.SUCCESS),
        Contact("2", 2, Outcome.SUCCESS),
        Contact(None, 1, Outcome.ACCESS_DENIED),
    ]
    assert rows(contacts) == [("1", "1", "0"), ("2", "2", "1"), ("none", "1", "1")]


def test_nobody_is_sent_to_a_real_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["local", "callers", "tutorial", "--env", "dev"]) == 2
    assert "real account" in capsys.readouterr().err
