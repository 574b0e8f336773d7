"""What is read before anything is examined."""

import dataclasses

import pytest

from patchbay.doctor import scene
from patchbay.errors import UserError
from patchbay.live.model import Seen, Unread
from tests.doctor import scenes


def _unread(why: str) -> Seen:
    seen = scenes.healthy().seen
    regions = tuple(dataclasses.replace(region, identity=Unread(why)) for region in seen.regions)
    return dataclasses.replace(seen, regions=regions)


def test_where_no_region_could_be_asked_the_reason_is_said() -> None:
    with pytest.raises(UserError) as raised:
        scene.check_read(_unread("AWS was not reached"))
    assert str(raised.value) == "nothing could be read: AWS was not reached"


def test_without_credentials_it_says_how_to_get_some() -> None:
    with pytest.raises(UserError) as raised:
        scene.check_read(_unread("there are no credentials for account 111122223333"))
    assert str(raised.value) == (
        "nothing could be read: there are no credentials for account 111122223333: "
        "export AWS_PROFILE=... or sign in first"
    )


def test_one_region_that_answers_is_enough() -> None:
    scene.check_read(scenes.healthy().seen)
