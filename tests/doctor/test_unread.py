"""What could not be read is SKIPPED: it makes nothing worse, and nothing better, than it is."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patchbay.doctor.checks import bare_permission
from patchbay.doctor.model import Place, Scene, Status
from patchbay.doctor.run import Result, examine
from patchbay.live.model import Read, Unread
from tests.doctor import scenes
from tests.doctor.scenes import OTHER, TUTORIAL

_NO = Unread("the right x:Y is missing", "x:Y")
_GROUPS = ("functions", "regions", "instances", "stacks")
_FOR_WHAT_IS_WRONG = {"running", "resources"}
"""Looked at only where a release goes on, or where something is to be mended."""
_BAD = (Status.WARN, Status.FAIL)

Where = tuple[str, int, str]
"""A group of Seen, the place in it, the field."""


def _gone() -> Scene:
    scene = scenes.healthy()
    left = scenes.allowing(scene, TUTORIAL, OTHER)
    there = (*scenes.statements_of(scene, TUTORIAL), left)
    return scenes.with_source(scenes.with_statements(scene, TUTORIAL, there), OTHER, Read(value=False))


def _bare() -> Scene:
    scene = scenes.healthy()
    bare = scenes.allowing(scene, TUTORIAL, qualifier="")
    return scenes.with_statements(scene, TUTORIAL, [bare], bare=True)


def _shut_out() -> Scene:
    return scenes.with_statements(scenes.healthy(), TUTORIAL, [])


def _never_deployed() -> Scene:
    scene = scenes.healthy()
    for stack in scene.seen.stacks:
        nothing = {"status": Read(None), "template": Read(None), "resources": Read({})}
        scene = scenes.with_stack(scene, stack.name, **nothing)
    for live in scene.seen.functions:
        nothing = {
            "configuration": Read(None),
            "versions": Read(()),
            "aliases": Read({}),
            "policy": Read(None),
        }
        scene = scenes.with_function(scene, (live.function, live.region), **nothing)
    for each in scene.seen.instances:
        scene = scenes.with_instance(
            scene, each.instance.name, associations=Read(()), flows=Read(()), log_group=Read(value=False)
        )
    return scene


SCENES = {
    "healthy": scenes.healthy(),
    "with a bot": scenes.healthy(scenes.with_bot()),
    "a statement of an instance that is gone": _gone(),
    "a permission on the function itself": _bare(),
    "no permission": _shut_out(),
    "moved by hand": scenes.with_alias(scenes.healthy(), TUTORIAL, weights={"9": 0.5}),
    "never deployed": _never_deployed(),
}


def test_what_was_never_deployed_is_one_failure_for_each_stack_and_nothing_else() -> None:
    results = examine(_never_deployed())
    bad = [(r.check.id, f.place.stack) for r in results for f in r.findings if f.status in _BAD]
    stacks = [("stacks", stack.name) for stack in _never_deployed().seen.stacks]
    assert bad == stacks


@pytest.mark.parametrize("name", SCENES)
@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_what_could_not_be_read_neither_breaks_nor_mends_anything(name: str, data: st.DataObject) -> None:
    whole = SCENES[name]
    # Where neither status nor template could be read, what is missing is missing.
    readable = [each for each in _readable(whole) if (name, each[2]) != ("never deployed", "template")]
    hidden = data.draw(st.sets(st.sampled_from(readable), min_size=1, max_size=12))
    partly = _without(whole, hidden, templates=data.draw(st.booleans()))

    before, after = examine(whole), examine(partly)

    for old, new in zip(before, after, strict=True):
        assert _bad(new) <= _bad(old) or _is_reach(new), (hidden, _bad(new) - _bad(old))
        lost = _bad(old) - _bad(new)
        assert not lost or new.status is not Status.PASS, (hidden, lost)
        for place in lost:
            told = [each.status for each in new.findings if each.place == place]
            assert told != [Status.PASS], (hidden, new.check.id, place)
        mends = {str(each.mend) for each in old.findings if each.mend}
        assert {str(each.mend) for each in new.findings if each.mend} <= mends


def test_a_permission_on_the_function_is_not_overlooked_where_that_on_the_alias_cannot_be_read() -> None:
    (result,) = examine(scenes.with_function(_bare(), TUTORIAL, policy=_NO), [bare_permission.CHECK])
    assert result.status is Status.WARN


@pytest.mark.parametrize("group", _GROUPS)
def test_each_thing_that_is_hidden_is_missed_by_some_check(group: str) -> None:
    whole = scenes.healthy()
    read = {field for of, at, field in _readable(whole) if (of, at) == (group, 0)}
    unused = {field for field in read if not _missed(whole, group, field)}
    assert unused <= _FOR_WHAT_IS_WRONG


def _missed(whole: Scene, group: str, field: str) -> bool:
    results = examine(_without(whole, {(group, 0, field)}, templates=True))
    return any(each.right == "x:Y" for result in results for each in result.findings)


def _readable(scene: Scene) -> Iterator[Where]:
    for group in _GROUPS:
        for at, thing in enumerate(getattr(scene.seen, group)):
            yield from (
                (group, at, f.name) for f in fields(thing) if isinstance(getattr(thing, f.name), Read)
            )


def _without(scene: Scene, hidden: set[Where], *, templates: bool) -> Scene:
    groups: dict[str, Any] = {group: list(getattr(scene.seen, group)) for group in _GROUPS}
    for group, at, field in hidden:
        groups[group][at] = replace(groups[group][at], **{field: _NO})
    changed: dict[str, Any] = {group: tuple(things) for group, things in groups.items()}
    seen = replace(scene.seen, **changed)
    return replace(scene, seen=seen, templates=scene.templates if templates else Unread("not asked for"))


def _bad(result: Result) -> set[Place]:
    return {finding.place for finding in result.findings if finding.status in _BAD}


def _is_reach(result: Result) -> bool:
    return result.check.id == "credentials"
