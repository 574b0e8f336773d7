"""`patchbay map`: files, data, the terminal, and bad input."""

import json
import os
from pathlib import Path

import pytest

from patchbay.config import Environment
from patchbay.doctor import scene
from patchbay.doctor.model import Scene
from patchbay.live.model import Unread
from patchbay.wiring import elk
from tests.commands.conftest import Cli
from tests.doctor import scenes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """For files, and nothing else."""
    made = tmp_path / "pictures"
    made.mkdir()
    return made


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is a healthy deployment."""
    reads(monkeypatch)


def reads(monkeypatch: pytest.MonkeyPatch, *, unread: bool = False) -> None:
    def read(environment: Environment, *arguments: object, **options: object) -> Scene:
        found = scenes.healthy(environment)
        for region in environment.regions if unread else ():
            found = scenes.with_region(found, region, identity=Unread("there are no AWS credentials"))
        return found

    monkeypatch.setattr(scene, "read", read)


def test_the_terminal_shows_flows_and_aliases(cli: Cli, healthy: None) -> None:
    answer = cli("map", "--env", "dev")
    assert answer.code == 0, answer
    assert "→ tutorial" in answer.out
    assert "live → 1" in answer.out
    assert " FAIL" not in answer.out


def test_json_is_the_graph(cli: Cli, healthy: None) -> None:
    found = json.loads(cli("map", "--env", "dev", "--json").out)
    assert found["environment"] == "dev"
    assert {edge["kind"] for edge in found["edges"]} == {"invokes", "permission"}


def test_a_picture_is_the_same_each_time(cli: Cli, healthy: None, folder: Path) -> None:
    files = [folder / "one.svg", folder / "two.svg"]
    for file in files:
        answer = cli("map", "--env", "dev", "--output", str(file))
        assert (answer.code, answer.out) == (0, ""), answer
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert first.startswith(b"<svg ")


@pytest.mark.parametrize("name", ["map.md", "MAP.MD"])
def test_markdown_needs_no_layout(
    cli: Cli, healthy: None, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(elk, "_NODE", "there-is-no-such-program")
    assert cli("map", "--env", "dev", "--output", str(folder / name)).code == 0
    assert "```mermaid" in (folder / name).read_text()


def test_a_page_replaces_the_one_before_it_and_leaves_nothing_beside_it(
    cli: Cli, healthy: None, folder: Path
) -> None:
    file = folder / "map.html"
    file.write_text("before")
    assert cli("map", "--env", "dev", "--output", str(file)).code == 0
    assert file.read_text().startswith("<!doctype html>")
    assert list(folder.iterdir()) == [file]
    assert file.stat().st_mode & 0o777 == 0o666 & ~umask()


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_picture_that_does_not_come_about_leaves_the_file_as_it_was(
    cli: Cli, healthy: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elk, "_NODE", "there-is-no-such-program")
    file = folder / "map.svg"
    file.write_text("before")
    assert "could not be laid out" in cli("map", "--env", "dev", "--output", str(file)).complaint
    assert file.read_text() == "before"
    assert list(folder.iterdir()) == [file]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("map.png", "ends in none of .svg, .html, .md"),
        ("map", "ends in none of"),
        ("nowhere/map.svg", "there is no folder"),
        ("folder.svg", "cannot be written"),
    ],
)
def test_a_file_that_cannot_be_made_is_refused_before_anything_is_read(
    cli: Cli, folder: Path, name: str, said: str
) -> None:
    (folder / "folder.svg").mkdir()
    answer = cli("map", "--env", "dev", "--output", str(folder / name))
    assert said in answer.complaint
    assert "reading" not in answer.err


def test_a_disk_that_is_full_is_one_sentence(
    cli: Cli, healthy: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    answer = cli("map", "--env", "dev", "--output", str(folder / "map.md"))
    assert "cannot be written: No space left on device" in answer.complaint
    assert list(folder.iterdir()) == []


def test_data_and_a_file_exclude_each_other(cli: Cli, folder: Path) -> None:
    answer = cli("map", "--env", "dev", "--json", "--output", str(folder / "map.svg"))
    assert "exclude each other" in answer.complaint


def test_where_nothing_could_be_read_there_is_no_picture(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch, unread=True)
    answer = cli("map", "--env", "dev", "--output", str(folder / "map.svg"))
    assert "nothing could be read: there are no AWS credentials" in answer.complaint
    assert list(folder.iterdir()) == []
