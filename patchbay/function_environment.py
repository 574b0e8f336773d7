"""Placeholders in a function's `function.toml`: what only an environment or a deploy knows."""

import re
from collections.abc import Callable, Collection, Iterator

from patchbay.functions import Function, Permission

INSTANCE = "{{instance}}"
"""In the resources of [[permissions]]: the ARN of each instance that lists the function."""

INSTANCE_IDS = "instance_ids"
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_FORMS = "{{instance_ids}}, {{bucket:NAME}}, {{secret:NAME}} and {{function:NAME}}"

Lookup = Callable[[str, str], str]
"""The value of a placeholder: its kind and, but for `instance_ids`, the name after the colon."""


def fill(value: str, lookup: Lookup) -> str:
    """The value of an environment variable with each placeholder replaced."""

    def found(match: re.Match[str]) -> str:
        kind, _, name = match[1].partition(":")
        return lookup(kind, name)

    return _PLACEHOLDER.sub(found, value)


def names_instances(function: Function) -> bool:
    """Whether a variable depends on the instances that list the function."""
    return any(f"{{{{{INSTANCE_IDS}}}}}" in value for value in function.environment.values())


def complaints(function: Function) -> Iterator[str]:
    """Each placeholder that nothing would fill, as the rest of a sentence that begins with the file."""
    for key, value in function.environment.items():
        yield from (f"environment.{key} is {value!r}, but {wrong}" for wrong in _wrong_in(function, value))
    for permission in function.permissions:
        yield from _misplaced(permission)


def _wrong_in(function: Function, value: str) -> Iterator[str]:
    yield from filter(None, (_unfilled(function, inner) for inner in _PLACEHOLDER.findall(value)))
    if "{{" in _PLACEHOLDER.sub("", value):
        yield f"nothing closes its {{{{: there are {_FORMS}"


def _misplaced(permission: Permission) -> Iterator[str]:
    for resource in permission.resources:
        if "{{" in resource.replace(INSTANCE, ""):
            yield f"a resource of permissions is {resource!r}, but only {INSTANCE} is filled there"
    for resource in permission.except_resources:
        if "{{" in resource:
            yield f"one of except_resources is {resource!r}, but nothing is filled there: write it out"


def _unfilled(function: Function, inner: str) -> str:
    kind, _, name = inner.partition(":")
    declared: dict[str, tuple[str, Collection[str]]] = {
        "bucket": ("buckets", function.buckets),
        "secret": ("secrets", function.secrets),
        "function": ("invokes", function.invokes),
    }
    if inner == INSTANCE_IDS:
        return ""
    if kind not in declared:
        return f"{{{{{inner}}}}} is no placeholder: there are {_FORMS}"
    key, names = declared[kind]
    if name in names:
        return ""
    return f"{key} has {', '.join(names) or 'nothing'}: add {name!r} to {key}, or use a name from there"
