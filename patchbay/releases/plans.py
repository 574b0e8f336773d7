"""What a release would need, read before it starts."""

import time
from dataclasses import dataclass, replace

from live_alias.state import Snapshot
from patchbay.function_folders import warm_up_events
from patchbay.releases import orders
from patchbay.releases.clients import Desk
from patchbay.releases.everywhere import MISTAKEN, NotDeployed, Refused
from patchbay.releases.sites import Site
from patchbay.releases.volume import Volume
from release.obstacle import obstacle
from release.reading import history
from release.warm_up import MOST_EVENTS


@dataclass(frozen=True)
class Plan:
    """One site's; `volume` is None where another Region's verdict is followed."""

    site: Site
    candidate: str
    stable: str
    volume: Volume | None
    warm_up_events: int
    source: str = ""
    """Of the history: log lines or metrics."""
    obstacle: str = ""
    """Why the two versions cannot share an alias."""

    is_going: bool = False
    """The release of this candidate has been started already."""
    code: str = ""
    """The hash of the candidate's code."""
    fingerprint: str = ""
    """What the alias knows the candidate by, where it was released before."""

    @property
    def is_idle(self) -> bool:
        """Callers are on the newest version: the plan is for the one that a deploy will publish."""
        return self.candidate == self.stable


def plan(desk: Desk, version: str | None = None) -> Plan:
    """Raises Refused, Unreadable, ClientError, LiveAliasError, DecideAnewError."""
    site = desk.site
    snapshot = desk.api.snapshot()
    if snapshot.live is None:
        raise NotDeployed(site)
    candidate, stable = _pair(snapshot, version, site)
    why = obstacle(desk.lambda_, site.name, candidate, stable) if candidate != stable else ""
    record = snapshot.live.record
    found = Plan(
        site,
        candidate,
        stable,
        None,
        min(len(warm_up_events(site.environment.root / "lambdas", site.function)), MOST_EVENTS),
        obstacle=why,
        is_going=_going(snapshot) == candidate,
        code=orders.code_of(desk, candidate),
        fingerprint=record.fingerprint if record and record.started(candidate) else "",
    )
    return _measured(desk, found) if site.leads else found


def _measured(desk: Desk, found: Plan) -> Plan:
    """With the history of the stable version."""
    site, release = desk.site, desk.site.environment.release
    limit = site.function.time_limit_seconds
    past = history(desk.evidence, site.name, desk.log_group(), found.stable, time.time(), limit)
    volume = Volume(
        past.counts, past.calls_per_hour, release.period_seconds, release.max_hours, release.watch_hours
    )
    return replace(found, volume=volume, source=past.source)


def _going(snapshot: Snapshot) -> str | None:
    record = snapshot.live.record if snapshot.live else None
    return record.releases[0].candidate if record and record.active and record.releases else None


def _pair(snapshot: Snapshot, version: str | None, site: Site) -> tuple[str, str]:
    """Candidate and stable version, as `start` would take them."""
    live = snapshot.live
    assert live is not None
    versions = sorted((v for v in snapshot.versions if v.isdecimal()), key=int)
    if version is not None and version not in versions:
        known = ", ".join(versions[-10:]) or "none"
        raise Refused(f"{site.name} has no version {version}: there are {known}", code=MISTAKEN)
    going = _going(snapshot)
    candidate = version or going or (versions[-1] if versions else live.routing.version)
    if candidate == going and live.record and live.record.stable:
        return candidate, live.record.stable
    others = {v: share for v, share in live.routing.shares.items() if v != candidate}
    return candidate, max(others, key=lambda v: others[v]) if others else candidate
