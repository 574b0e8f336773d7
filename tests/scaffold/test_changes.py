"""Files are written whole, or not at all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay.errors import UserError
from patchbay.scaffold import changes
from patchbay.scaffold.changes import Changes


def everything(root: Path) -> dict[str, str]:
    """Contents by path; folders end with a slash."""
    return {
        f"{path.relative_to(root)}/" if path.is_dir() else str(path.relative_to(root)): (
            "" if path.is_dir() else path.read_text()
        )
        for path in root.rglob("*")
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments/local.toml").write_text("before\n")
    (tmp_path / "lambdas/old/events").mkdir(parents=True)
    for file in ("function.toml", "handler.py", "events/voice.json"):
        (tmp_path / "lambdas/old" / file).write_text(file)
    return tmp_path


def test_created_changed_and_deleted(root: Path) -> None:
    planned = Changes(
        {"lambdas/new/handler.py": "é"}, {"environments/local.toml": "after\n"}, ("lambdas/old",)
    )
    changes.make(planned, root)
    assert everything(root) == {
        "environments/": "",
        "environments/local.toml": "after\n",
        "lambdas/": "",
        "lambdas/new/": "",
        "lambdas/new/handler.py": "é",
    }


def test_a_failure_on_the_way_takes_everything_back(root: Path) -> None:
    before = everything(root)
    planned = Changes(
        {"lambdas/new/a.py": "a", "flows/new.json": "{}", "lambdas/old/handler.py": "is there"},
        {"environments/local.toml": "after\n"},
        ("lambdas/old",),
    )
    with pytest.raises(FileExistsError):
        changes.make(planned, root)
    assert everything(root) == before


def test_ctrl_c_while_a_file_is_changed_takes_everything_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, replace = everything(root), changes._replace
    interrupted = iter([True])

    def once(path: Path, content: bytes) -> None:
        replace(path, content)
        if next(interrupted, False):
            raise KeyboardInterrupt

    monkeypatch.setattr(changes, "_replace", once)
    with pytest.raises(KeyboardInterrupt):
        changes.make(Changes({"lambdas/new/a.py": "a"}, {"environments/local.toml": "after\n"}), root)
    assert everything(root) == before


def test_a_folder_keeps_its_settings_until_the_rest_is_gone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    trees: list[Callable[..., object]] = [shutil.rmtree, interrupt]
    monkeypatch.setattr(shutil, "rmtree", lambda path: trees.pop(0)(path))
    with pytest.raises(KeyboardInterrupt):
        changes.make(Changes(deleted=("lambdas/old",)), root)
    assert [path.name for path in (root / "lambdas/old").iterdir()] == ["function.toml"]
    monkeypatch.undo()
    changes.make(Changes(deleted=("lambdas/old",)), root)
    assert not (root / "lambdas/old").exists()


def test_a_trial_changes_a_copy_only(root: Path) -> None:
    before = everything(root)
    with changes.tried(Changes(changed={"environments/local.toml": "after\n"}), root) as copy:
        assert (copy / "environments/local.toml").read_text() == "after\n"
        assert (copy / "lambdas/old/handler.py").exists()
    assert everything(root) == before
    assert not copy.exists()


@pytest.mark.parametrize("path", ["lambdas/old/new.py", "environments/local.toml"])
def test_what_is_there_is_not_written_over(root: Path, path: str) -> None:
    taken = "lambdas/old" if path.startswith("lambdas") else path
    with pytest.raises(UserError, match=f"{taken} exists already: choose another name, or remove it first"):
        changes.check_free(Changes({path: ""}), root)


def test_bytecode_of_a_function_that_is_gone_takes_no_name(root: Path) -> None:
    (root / "lambdas/gone/__pycache__").mkdir(parents=True)
    (root / "lambdas/gone/__pycache__/handler.pyc").write_text("")
    changes.check_free(Changes({"lambdas/gone/handler.py": ""}), root)
