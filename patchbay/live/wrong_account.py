"""What the credentials for an account lead to, where that is another account: nothing there says anything."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from patchbay.config import Environment
from patchbay.live.model import Read, Seen, Unread

T = TypeVar("T")


def elsewhere(account: str, found: str) -> Unread:
    """Why nothing of an account was read."""
    return Unread(f"the credentials for account {account} lead to account {found}")


def withheld(environment: Environment, seen: Seen) -> Seen:
    """Nothing of the environment's own account counts as read where a Region says that it is another's.

    Names may be the same there, and what is "gone" may be in the right account all the same.
    """
    own = environment.account
    strangers = [
        region.identity.value
        for region in seen.regions
        if isinstance(region.identity, Read) and region.identity.value != own
    ]
    if not strangers:
        return seen
    unread = elsewhere(own, strangers[0])
    return Seen(
        functions=_blank(seen.functions, unread),
        regions=_blank(seen.regions, unread, but=("identity",)),
        instances=tuple(
            _blank([each], unread)[0] if each.instance.arn.account == own else each for each in seen.instances
        ),
        stacks=tuple(_blank([each], unread)[0] if each.account == own else each for each in seen.stacks),
        sources=dict.fromkeys(seen.sources, unread),
    )


def _blank(things: Sequence[T], unread: Unread, but: tuple[str, ...] = ()) -> tuple[T, ...]:
    return tuple(_one(thing, unread, but) for thing in things)


def _one(thing: Any, unread: Unread, but: tuple[str, ...]) -> Any:
    names = (field.name for field in fields(thing) if field.name not in but)
    return replace(thing, **{name: unread for name in names if isinstance(getattr(thing, name), Read)})
