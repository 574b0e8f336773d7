"""What a finished release leaves: the outcome first, and what it rests on."""

import json
from dataclasses import replace
from typing import Any

import pytest

from live_alias.executions import Run
from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from live_alias.routing import Routing
from live_alias.state import Alias
from release.report import Told, report
from release.report_text import markdown
from release.reports import leave
from release.settings import Settings
from release.state import State
from release.view import View
from release_rule.baseline import baseline
from release_rule.counts import Counts
from release_rule.rule import begin
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.account import PLACE, Account
from tests.stacks.kit.release.controller import SETTINGS

RUN = Run("patchbay-test-lookup", "2", 1800000000, part=3)
WHY = "failed 3 of 4 contacts, stable 0 of 90, which is more words than the record has room for"


def told(phase: Phase, why: str = WHY, **state: Any) -> Told:
    """A release that moved callers once, and then got to `phase`."""
    progress = Progress(phase, RUN.at, why=why[:48])
    record = Record("owner", "f", (Release("2", Routing("1")),), progress=progress)
    routing = Routing("2" if phase is Phase.DONE else "1")
    view = View(
        Alias(routing, record.description(), "r"),
        None,
        frozenset({"1", "2"}),
        record,
        record.progress or progress,
    )
    known = baseline(Counts(2000, 10))
    evidence: dict[str, Any] = {
        "candidate": Counts(4, 3),
        "stable": Counts(90),
        "source": "log lines",
        "baseline": known,
        "tally": begin(known),
    }
    made = State(**(evidence | state))
    made = made.moved(RUN.at + 60, "shift", 0.05, "first callers").moved(RUN.at + 600, phase, 0.0, why)
    return Told(RUN, phase.value, view, made, Settings.of(SETTINGS), "eu-west-2", 4)


def test_it_says_what_became_of_the_candidate_and_why() -> None:
    made = report(told(Phase.BACK))

    assert (made["outcome"], made["why"]) == ("rolled back", WHY)
    assert (made["candidate"], made["stable"], made["callers"]) == ("2", "1", "version 1")
    assert (made["function"], made["region"]) == ("patchbay-test-lookup", "eu-west-2")
    assert made["release"] == "patchbay-test-lookup-v2-1800000000"
    assert (made["started"], made["ended"]) == ("2027-01-15T08:00:00+00:00", "2027-01-15T08:10:00+00:00")


def test_it_shows_the_evidence_and_how_far_each_bound_was() -> None:
    made = report(told(Phase.BACK))

    assert made["evidence"]["candidate"] == {"seen": 4, "failed": 3}
    assert made["evidence"]["stable"] == {"seen": 90, "failed": 0}
    assert made["baseline"]["contacts"] == 2000
    assert made["bounds"]["needed"] > 10
    assert [move["weight"] for move in made["moves"]] == [0.05, 0.0]


def test_an_operators_reason_stands_before_what_the_controller_noted() -> None:
    release = told(Phase.STOP)
    assert release.view is not None
    by_hand = replace(release.view, progress=replace(release.view.progress, why="customers complain"))

    assert report(replace(release, view=by_hand))["why"] == "customers complain"


def test_a_superseded_release_has_a_report_too() -> None:
    made = report(Told(RUN, "superseded", None, State(), Settings.of(SETTINGS), "eu-west-2"))

    assert made["outcome"].startswith("superseded")
    assert made["callers"] is None
    assert "No call" not in markdown(made)
    assert "no call was counted" in made["unseen"]
    assert "None." in markdown(made)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_can_be_shown_also_before_the_end(phase: Phase) -> None:
    made = report(told(phase))

    assert json.loads(json.dumps(made)) == made
    assert markdown(made).startswith("# patchbay-test-lookup version 2: ")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"source": "metrics"}, "attempts were counted"),
        ({"source": ""}, "no call was counted"),
        ({"baseline": baseline(Counts(12))}, "12 contacts to compare with: 1 % failing is assumed"),
        ({}, "below 10% failing contacts"),
        ({}, "nobody compared what callers heard"),
    ],
)
def test_it_says_what_it_could_not_see(state: dict[str, Any], words: str) -> None:
    assert any(words in sentence for sentence in report(told(Phase.DONE, **state))["unseen"])


def test_it_says_that_nothing_was_tried_before_the_first_caller() -> None:
    nothing = replace(told(Phase.DONE), recorded_events=0)

    assert any("no recorded events" in sentence for sentence in report(nothing)["unseen"])
    assert not any("recorded events" in sentence for sentence in report(told(Phase.DONE))["unseen"])


def test_the_text_for_people_is_short_and_begins_with_the_outcome() -> None:
    lines = markdown(report(told(Phase.BACK))).splitlines()

    assert lines[0] == "# patchbay-test-lookup version 2: rolled back"
    assert f"- Why: {WHY}" in lines
    assert "| candidate, before promotion | 4 | 3 |" in lines
    assert "| 2027-01-15T08:01:00 | shift | 5.0% | first callers |" in lines
    assert len(lines) < 40


def test_a_reason_cannot_break_the_table() -> None:
    text = markdown(report(told(Phase.STOP, why="a | b\nc")))

    assert "| stop | 0.0% | a \\| b c |" in text


def test_both_forms_are_left_under_the_functions_folder() -> None:
    account = Account()

    leave(account.clients().s3, PLACE.reports_bucket, told(Phase.DONE))

    assert set(account.objects) == {
        "lookup/patchbay-test-lookup-v2-1800000000.json",
        "lookup/patchbay-test-lookup-v2-1800000000.md",
    }
    assert json.loads(account.objects["lookup/patchbay-test-lookup-v2-1800000000.json"])["end"] == "done"


def test_a_bucket_that_refuses_fails_no_release(caplog: pytest.LogCaptureFixture) -> None:
    account = Account()
    account.faults["PutObject"] = [ServiceError("AccessDenied", 403)]

    leave(account.clients().s3, PLACE.reports_bucket, told(Phase.DONE))

    assert "lookup/patchbay-test-lookup-v2-1800000000 was not written to reports-bucket" in caplog.text
