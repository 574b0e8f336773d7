"""pause, resume, promote and abort: in which Regions they act."""

from collections.abc import Sequence
from dataclasses import dataclass

from live_alias.progress import Phase
from patchbay.aws import Aws
from patchbay.releases import orders, standing
from patchbay.releases.clients import Desk
from patchbay.releases.everywhere import Result, everywhere
from patchbay.releases.orders import Done, Wish
from patchbay.releases.sites import Site
from release.operate import Command

PROMOTED = (Phase.WATCH, Phase.DONE)


@dataclass(frozen=True)
class Scope:
    """What the user named."""

    sites: Sequence[Site]
    is_one_region: bool = False
    """Whether by --region: then that Region is meant, leading or not."""
    every: bool = False
    """Whether by --all: then nobody named this function."""


def act(aws: Aws, scope: Scope, wish: Wish) -> list[Result[Done]]:
    """A Region that follows mirrors its leader by itself, so the leaders are told. An abort must not wait for
    that and goes everywhere at once; and what has ended mirrors nothing any more, so a promotion goes there
    too."""
    if wish.command is Command.ABORT and scope.every:
        return everywhere(scope.sites, lambda site: _abort_what_goes_on(aws, site, wish))
    if scope.is_one_region or wish.command is Command.ABORT:
        return everywhere(scope.sites, lambda site: orders.carry_out(wish, Desk(aws, site)))
    return everywhere(scope.sites, lambda site: _led(aws, site, wish))


def _abort_what_goes_on(aws: Aws, site: Site, wish: Wish) -> Done:
    """What was promoted carries every caller: only by its name is it taken back."""
    desk = Desk(aws, site)
    found = standing.read(desk.lambda_, site)
    if found.progress is not None and found.progress.phase in PROMOTED and found.weight == 1:
        return Done(
            f"version {found.candidate} is promoted; name the function to take it back",
            changed=False,
        )
    return orders.carry_out(wish, desk)


def _led(aws: Aws, site: Site, wish: Wish) -> Done:
    desk = Desk(aws, site)
    if site.leads:
        return orders.carry_out(wish, desk)
    if wish.command is Command.PROMOTE and wish.force and orders.is_left_behind(desk):
        return orders.carry_out(wish, desk)
    standing.read(desk.lambda_, site)  # says so where nothing is deployed
    return Done(f"follows {site.leader}", changed=False)
