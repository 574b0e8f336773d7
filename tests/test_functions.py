"""What function.toml may say, beyond what test_environments has by its files."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from patchbay.function_folders import warm_up_events
from patchbay.functions import Function


def function(**settings: Any) -> Function:
    return Function.model_validate(
        {"name": "lookup", "description": "Looks up", "time_limit_seconds": 3, **settings}
    )


@pytest.mark.parametrize("level", ["WARNING", "error", "CRITICAL", "30", "NOTSET"])
@pytest.mark.parametrize("name", ["POWERTOOLS_LOG_LEVEL", "LOG_LEVEL"])
def test_a_log_level_that_filters_the_lines_of_a_release_is_refused(name: str, level: str) -> None:
    with pytest.raises(ValidationError) as refused:
        function(environment={name: level})
    sentence = str(refused.value)
    assert f"{name} is {level!r}, which filters the lines that releases are judged by" in sentence
    assert "use DEBUG or INFO, or set the level of your own logger in the handler" in sentence


@pytest.mark.parametrize(
    "environment",
    [
        {"LOG_LEVEL": "INFO"},
        {"POWERTOOLS_LOG_LEVEL": "debug"},
        {"POWERTOOLS_LOG_LEVEL": "INFO", "LOG_LEVEL": "ERROR"},
        {"LOG_LEVEL": ""},
    ],
    ids=str,
)
def test_a_log_level_that_lets_them_through_is_allowed(environment: dict[str, str]) -> None:
    assert function(environment=environment).environment == environment


def test_a_function_without_contacts_may_be_silent() -> None:
    assert function(kind="worker", environment={"LOG_LEVEL": "ERROR"})


def test_a_candidate_is_warmed_up_with_what_its_author_calls_harmless(tmp_path: Path) -> None:
    events = tmp_path / "lookup" / "events"
    (events / "warm_up").mkdir(parents=True)
    for name in ("voice.json", "chat.json", "warm_up/balance.json"):
        (events / name).write_text("{}")

    def warmed(**settings: Any) -> list[str]:
        found = warm_up_events(tmp_path, function(**settings))
        return [str(path.relative_to(events)) for path in found]

    assert warmed() == ["chat.json", "voice.json"]
    assert warmed(effects=True) == ["warm_up/balance.json"]
    assert warmed(kind="worker") == [], "the events are those of contacts"
