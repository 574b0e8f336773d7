"""The memory of which embedded AWS runs for a project."""

from pathlib import Path

import pytest

from patchbay.errors import UserError
from patchbay.local import state
from patchbay.local.process import LocalAws

ENDED = LocalAws(0, 1, "/nowhere/log")


def files(root: Path) -> list[str]:
    return sorted(path.name for path in (root / ".patchbay").iterdir())


def test_a_recorded_one_is_found_while_it_answers(tmp_path: Path, local_aws: LocalAws) -> None:
    state.record(tmp_path, local_aws)
    assert state.running(tmp_path) == (local_aws,)
    assert state.choose(tmp_path) == state.choose(tmp_path, local_aws.port) == local_aws


def test_a_forgotten_one_is_not_found(tmp_path: Path, local_aws: LocalAws) -> None:
    state.record(tmp_path, local_aws)
    state.forget(tmp_path, local_aws)
    state.forget(tmp_path, local_aws)
    assert state.running(tmp_path) == ()


def test_what_no_longer_answers_is_forgotten(tmp_path: Path, local_aws: LocalAws) -> None:
    state.record(tmp_path, ENDED)
    state.record(tmp_path, local_aws)
    assert state.running(tmp_path) == (local_aws,)
    assert files(tmp_path) == [f"local-{local_aws.port}.json"]


def test_a_project_without_state_runs_none(tmp_path: Path) -> None:
    assert state.running(tmp_path) == ()
    assert not (tmp_path / ".patchbay").exists()


def test_projects_do_not_see_each_other(tmp_path: Path, local_aws: LocalAws) -> None:
    (tmp_path / "one").mkdir()
    state.record(tmp_path / "one", local_aws)
    assert state.running(tmp_path / "two") == ()


def test_another_port_than_the_one_that_runs_is_one_sentence(tmp_path: Path, local_aws: LocalAws) -> None:
    state.record(tmp_path, local_aws)
    with pytest.raises(UserError, match="no embedded AWS runs on port 4566: start one with `make local`"):
        state.choose(tmp_path, 4566)


@pytest.mark.parametrize(
    "content", ["", "{", '{"pid": 1}', "[]", '{"pid": 1, "port": 2, "log": "", "new": 1}']
)
def test_a_state_file_that_cannot_be_read_counts_as_none(
    tmp_path: Path, local_aws: LocalAws, content: str
) -> None:
    state.record(tmp_path, local_aws)
    (tmp_path / ".patchbay" / "local-2.json").write_text(content)
    assert state.running(tmp_path) == (local_aws,)
