"""`start`: the plan first, then the release in every Region where the function runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from patchbay.aws import Aws
from patchbay.releases import orders, plans
from patchbay.releases.clients import Desk
from patchbay.releases.everywhere import MISTAKEN, Refused, Result, everywhere
from patchbay.releases.orders import Done, Wish
from patchbay.releases.plans import Plan
from patchbay.releases.refusals import refusal
from patchbay.releases.sites import Site

Codes = Mapping[str, str]


def read_plans(aws: Aws, sites: Sequence[Site], version: str | None) -> list[Result[Plan]]:
    """`version` is the leading Region's number; the others have the same code under another one."""
    codes = _codes(aws, sites, version)

    def read(site: Site) -> Plan:
        desk = Desk(aws, site)
        return plans.plan(desk, _version(desk, version, codes))

    return everywhere(sites, read)


def start(aws: Aws, planned: Sequence[Result[Plan]], wish: Wish) -> list[Result[Done]]:
    """Where a leading Region's plan is refused, none of the function's Regions starts; nor does a Region
    whose plan could not be read."""
    found = {result.site.key: result for result in planned}
    read = [result.value for result in planned if result.value]
    refused = _refused(read, force=wish.force)

    def act(site: Site) -> Done:
        plan, name = found[site.key].value, site.function.name
        if plan is None:
            raise Refused("not started, because there is no plan", found[site.key].code)
        if name in refused:
            raise Refused(f"not started: {refused[name]}", MISTAKEN)
        _check_code(plan, read)
        # The plan's version, so that what was shown is what is started.
        mine = replace(wish, version=plan.candidate, fingerprint=_known_as(name, read))
        return orders.carry_out(mine, Desk(aws, site))

    return everywhere([result.site for result in planned], act)


def _known_as(function: str, read: Sequence[Plan]) -> str:
    """One name in every Region: that of a deploy, where it released the candidate in one of them."""
    return next((p.fingerprint for p in read if p.fingerprint and p.site.function.name == function), "")


def _check_code(plan: Plan, read: Sequence[Plan]) -> None:
    """A verdict holds for the code that it was reached on. Raises Refused."""
    place = (plan.site.function.name, plan.site.leader)
    leader = next((other for other in read if other.site.key == place), plan)
    if leader.code != plan.code and not (plan.is_going or plan.is_idle):
        raise Refused(
            f"not started: version {plan.candidate} has other code than version {leader.candidate} in "
            f"{leader.site.region}, whose verdict it would follow; deploy both, or name one with --version",
            MISTAKEN,
        )


def _refused(read: Sequence[Plan], *, force: bool) -> dict[str, str]:
    """By function; force helps against time, and against nothing that Lambda forbids."""
    found: dict[str, str] = {}
    for plan in read:
        if plan.is_idle or plan.is_going or (force and not plan.obstacle):
            continue
        if why := refusal(plan):
            found.setdefault(plan.site.function.name, why)
    return found


def _codes(aws: Aws, sites: Sequence[Site], version: str | None) -> Codes:
    """By function: the code of the version in the first Region that leads; "" where it is not there."""
    codes: dict[str, str] = {}
    for site in sites if version is not None else ():
        if site.leads and site.function.name not in codes:
            codes[site.function.name] = _code(Desk(aws, site), str(version))
    return codes


def _code(desk: Desk, version: str) -> str:
    try:
        return orders.code_of(desk, version)
    except Refused:
        return ""


def _version(desk: Desk, version: str | None, codes: Codes) -> str | None:
    """The number here of what has another one elsewhere."""
    code = codes.get(desk.site.function.name)
    if version is None or code is None:
        return version
    if desk.site.leads and _code(desk, version) in (code, ""):
        return version
    if not code:
        raise Refused(f"{desk.site.leader} has no version {version} to follow", MISTAKEN)
    return orders.version_with(desk, code)
