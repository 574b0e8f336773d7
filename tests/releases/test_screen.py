"""What `watch` draws of one site."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from live_alias.executions import Run
from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from live_alias.routing import Routing
from patchbay import environments
from patchbay.releases import screen
from patchbay.releases.evidence import Execution
from patchbay.releases.sight import Sight
from patchbay.releases.sites import choose
from patchbay.releases.standing import Standing
from release.settings import Settings
from release.state import State
from release.weights import Stretch
from release_rule.baseline import baseline
from release_rule.counts import Counts, Period
from release_rule.rule import begin, fold
from tests.releases.cloud import BEGAN, ENVIRONMENT

NOW = BEGAN + 720
SETTINGS = Settings("tutorial", "generated", 3)


def state(candidate: Counts, stable: Counts) -> State:
    known = baseline(Counts(2000, 12))
    tally = fold(begin(known), Period(0.25, candidate, stable))
    return State(
        began=BEGAN,
        stretches=(Stretch(BEGAN, BEGAN, 0.25),),
        calls_per_period=2.0,
        baseline=known,
        tally=tally,
        candidate=candidate,
        stable=stable,
        note="the last step in words",
    )


@pytest.fixture
def sights(project: Path) -> Any:
    """Leader and follower in a phase."""
    (project / "environments" / "prod.toml").write_text(ENVIRONMENT)
    leading, following = choose(environments.load("prod", project), "tutorial", every=False)

    def at(phase: Phase, weight: float, known: State | None, missing: str = "") -> tuple[Sight, Sight]:
        record = Record("o", "f" * 16, (Release("3", Routing("2")),), progress=Progress(phase, BEGAN))
        routing = Routing("3") if weight == 1 else Routing.of("2", {"3": weight} if weight else {})
        run = Run("shop-prod-tutorial", "3", BEGAN)
        execution = Execution(run, known, SETTINGS if known else None, missing)
        waiting = replace(record, progress=Progress(Phase.START, BEGAN))
        return (
            Sight(Standing(leading, routing, record), execution),
            Sight(Standing(following, Routing("2"), waiting), None),
        )

    return at


def drawn(sights: tuple[Sight, Sight], width: int = 80) -> list[str]:
    leader, follower = sights
    rows = screen.rows(leader, [follower], NOW, width)
    return ["".join(text for text, _ in row) for row in rows]


def test_while_shifting_it_shows_weight_contacts_tests_and_time(sights: Any) -> None:
    lines = drawn(sights(Phase.SHIFT, 0.25, state(Counts(12, 1), Counts(40, 0))))
    assert lines[0] == "tutorial in eu-west-1  shifting"
    assert lines[1].split(maxsplit=2) == ["version", "3", "in place of version 2, began 12 min ago"]
    text = "\n".join(lines)
    for words in (
        "25 %",
        "12 contacts, 1 failed (8.33 %)",
        "40 contacts, 0 failed",
        "contacts to go",
        "worse than history",
        "worse than version 2",
        "if nothing fails, at 120 calls an hour",
        "the last step in words",
    ):
        assert words in text
    assert lines[-1].split() == ["eu-central-1", "waits", "for", "eu-west-1,", "0", "%", "of", "its", "calls"]


@pytest.mark.parametrize("width", [80, 120])
def test_its_own_words_fit_the_terminal(sights: Any, width: int) -> None:
    lines = drawn(sights(Phase.SHIFT, 0.25, state(Counts(12_000, 100), Counts(40_000, 0))), width)
    assert max(map(len, lines)) <= width


def test_each_failure_brings_the_red_bars_nearer_and_the_green_one_no_further(sights: Any) -> None:
    def bars(failed: int) -> list[int]:
        lines = drawn(sights(Phase.SHIFT, 0.25, state(Counts(12, failed), Counts(40, 0))))
        return [line.count("█") for line in lines if "good enough" in line or "worse than" in line]

    clean, poor = bars(0), bars(2)
    assert poor[0] < clean[0]
    assert poor[1] > clean[1]
    assert poor[2] > clean[2]


def test_after_the_promotion_it_shows_the_watch_and_no_tests(sights: Any) -> None:
    known = replace(state(Counts(40, 0), Counts(90, 1)), promoted=float(BEGAN), watched=Counts(300, 2))
    text = "\n".join(drawn(sights(Phase.WATCH, 1, known)))
    assert "300 contacts, 2 failed (0.667 %)" in text
    assert "about 23 h 48 min of the watch" in text
    assert "worse than" not in text


def test_without_the_execution_the_alias_is_shown_with_what_is_missing(sights: Any) -> None:
    text = "\n".join(drawn(sights(Phase.SHIFT, 0.25, None, "no right to states:GetExecutionHistory")))
    assert "25 %" in text
    assert "no right to states:GetExecutionHistory" in text


def test_an_end_has_no_evidence_on_the_screen(sights: Any) -> None:
    lines = drawn(sights(Phase.BACK, 0, state(Counts(3, 3), Counts(9, 0))))
    assert len(lines) == 3
    assert "rolled back" in lines[0]
