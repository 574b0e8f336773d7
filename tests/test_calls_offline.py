"""A flow file without an environment knows the settings of this project's functions."""

from pathlib import Path

import pytest

from patchbay.calls_offline import with_own_settings


@pytest.fixture
def lambdas(tmp_path: Path) -> Path:
    (tmp_path / "lookup").mkdir()
    (tmp_path / "lookup" / "function.toml").write_text("time_limit_seconds = 4\n")
    (tmp_path / "account").mkdir()
    (tmp_path / "account" / "function.toml").write_text('time_limit_seconds = 5\nresponse = "JSON"\n')
    return tmp_path


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("{{time_limit:lookup}} {{response:lookup}}", "4 STRING_MAP"),
        ("{{time_limit:account}} {{response:account}}", "5 JSON"),
        ("{{time_limit:other}} {{response:other}}", "{{time_limit:other}} {{response:other}}"),
        ("{{function:lookup}} {{resource:queue}}", "{{function:lookup}} {{resource:queue}}"),
    ],
)
def test_what_a_folder_says_is_filled_in_and_the_rest_stays(lambdas: Path, written: str, filled: str) -> None:
    assert with_own_settings(written, lambdas) == filled
