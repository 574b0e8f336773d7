"""Reads a written call: a line is one step, an empty line and one that begins with # are for the reader."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from patchbay.errors import UserError
from patchbay.scripts.forms import FORMS, HELP, Setting
from patchbay.scripts.written import HangsUp, Keys, KeysTheCode, Says, Step, What, WrittenCall

_ANSWERS = (Keys, KeysTheCode, Says)


def load(path: str | Path) -> WrittenCall:
    """The call in the file. Raises UserError that names file and line where it cannot be read."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"cannot read the written call {path}: {reason}") from error
    return parse(text, str(path))


def parse(text: str, path: str) -> WrittenCall:
    """The call in the text; `path` is what complaints call it; files are looked for beside it."""
    steps: list[Step] = []
    settings: list[Setting] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words and not words.startswith("#"):
            read = _read(words, f"{path}:{number}")
            if isinstance(read, tuple):
                settings.extend(_placed(setting, path, number) for setting in read)
            else:
                steps.append(Step(number, words, read))
    _check(steps, settings, path)
    return WrittenCall(path=path, title=_title(text, path), steps=tuple(steps), **_fields(settings))


def _read(words: str, place: str) -> What | tuple[Setting, ...]:
    word, _, rest = words.partition(" ")
    forms = [form for form in FORMS if form.word == word]
    for form in forms:
        found = re.fullmatch(form.pattern, rest.strip())
        if found:
            return form.build(found)
    if forms:
        usages = " or ".join(repr(form.usage) for form in forms)
        more = f"; {HELP[word]}" if word in HELP else ""
        raise UserError(f"{place}: {words!r} cannot be read: write {usages}{more}")
    known = ", ".join(dict.fromkeys(form.word for form in FORMS))
    raise UserError(f"{place}: {words!r} begins with none of the words of a written call: {known}")


def _placed(setting: Setting, path: str, number: int) -> Setting:
    """Files with the folder that they are in; a stub as `--stub` takes it."""
    if setting.name == "stubs":
        return Setting("stubs", f"{setting.key}={_file(str(setting.value), path, number)}")
    if setting.name == "flow" and str(setting.value).endswith(".json"):
        return Setting("flow", _file(str(setting.value), path, number))
    return setting


def _file(name: str, path: str, number: int) -> str:
    """Beside the written call, or in the nearest folder above it that has the file."""
    beside = Path(path).resolve().parent
    for folder in (beside, *beside.parents):
        if (folder / name).is_file():
            return str(folder / name)
    raise UserError(
        f"{path}:{number}: there is no file {name} beside the written call or in a folder above it"
    )


def _check(steps: Sequence[Step], settings: Sequence[Setting], path: str) -> None:
    flows = [setting for setting in settings if setting.name == "flow"]
    if len(flows) != 1:
        raise UserError(
            f"{path}: a written call has one line 'call FLOW from +14165550044', this has {len(flows)}"
        )
    hung_up = False
    for step in steps:
        if hung_up and isinstance(step.what, _ANSWERS):
            raise UserError(f"{path}:{step.line}: {step.text!r} comes after the caller hangs up")
        hung_up = hung_up or isinstance(step.what, HangsUp)


def _fields(settings: Sequence[Setting]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for setting in settings:
        if setting.name == "stubs":
            fields["stubs"] = (*fields.get("stubs", ()), setting.value)
        elif setting.key is not None:
            fields.setdefault(setting.name, {})[setting.key] = setting.value
        else:
            fields[setting.name] = setting.value
    return fields


def _title(text: str, path: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first.lstrip("# ") if first.startswith("#") else Path(path).stem
