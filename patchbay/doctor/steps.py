"""A finding's fix as steps, so that each command stands on a line of its own and can be copied."""

import re
from dataclasses import dataclass

_PROGRAMS = r"(?:aws|patchbay|npx|make)\s"
_BETWEEN = re.compile(rf"(; then[^:;]*: |, then: |, or(?:[^:;]*:)? )(?={_PROGRAMS})")
"""What joins a command with what comes before: `; then: `, `; then, for its permissions: `, `, or: `."""
_AFTER = re.compile(r"(; | (?=says ))")
"""What may follow a command: words."""
_BEFORE = re.compile(rf"^(?!{_PROGRAMS}).*?: (?={_PROGRAMS})")


@dataclass(frozen=True)
class Step:
    """One line of a fix."""

    text: str
    is_command: bool


def steps(fix: str) -> tuple[Step, ...]:
    """In their order: commands as they are typed, and the words around them."""
    made: list[Step] = []
    for number, part in enumerate(_BETWEEN.split(fix)):
        if number % 2:
            made.append(Step(part.lstrip(";, ").strip(), is_command=False))
        else:
            made.extend(_of(part))
    return tuple(step for step in made if step.text)


def _of(part: str) -> tuple[Step, ...]:
    words = _BEFORE.match(part)
    said = words[0].strip() if words else ""
    rest = part[len(words[0]) :] if words else part
    if not re.match(_PROGRAMS, rest):
        return (Step(part, is_command=False),)
    command, between, after = (*_AFTER.split(rest, maxsplit=1), "", "")[:3]
    told = f"{between.lstrip('; ,')}{after}".strip()
    return (Step(said, is_command=False), Step(command, is_command=True), Step(told, is_command=False))
