"""The files of a new function, filled from `templates/`.

In paths and texts there, `my_function` stands for the name, `my function` and `My function` for it in words.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "templates"
_ENDING = ".template"
_IMPORTS = re.compile(r"(?:^from \S+ import .*\n)+", re.MULTILINE)
CHANNELS = ("voice", "chat", "task", "email")


def files(part: str, name: str) -> dict[str, str]:
    """The files of one folder of `templates/`, by path below the project's root."""
    root = _FOLDER / part
    return {
        _filled(str(path.relative_to(root)), name).removesuffix(_ENDING): _text(path, name)
        for path in sorted(root.rglob(f"*{_ENDING}"))
    }


def events(function: str, parameters: Mapping[str, str]) -> dict[str, str]:
    """A recorded event for each channel, with these input parameters."""
    given = json.dumps(parameters, indent=2).replace("\n", "\n    ")
    return {
        f"lambdas/{function}/events/{channel}.json": _event(channel).replace('"PARAMETERS"', given)
        for channel in CHANNELS
    }


def _event(channel: str) -> str:
    return (_FOLDER / "events" / f"{channel}.json{_ENDING}").read_text(encoding="utf-8")


def _text(path: Path, name: str) -> str:
    text = _filled(path.read_text(encoding="utf-8"), name)
    return _IMPORTS.sub(_sorted, text) if path.name.endswith(f".py{_ENDING}") else text


def _filled(text: str, name: str) -> str:
    words = name.replace("_", " ")
    text = text.replace("my_function", name).replace("my function", words)
    return text.replace("My function", words[:1].upper() + words[1:])


def _sorted(block: re.Match[str]) -> str:
    """The name decides where its import belongs."""
    return "".join(sorted(block[0].splitlines(keepends=True), key=lambda line: line.split()[1]))
