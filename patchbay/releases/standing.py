"""Where a release stands, from GetAlias alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from live_alias.progress import Progress
from live_alias.record import Record, parse
from live_alias.routing import Routing
from patchbay.releases import words
from patchbay.releases.everywhere import NotDeployed
from patchbay.releases.sites import Site

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


@dataclass(frozen=True)
class Standing:
    """One site's alias."""

    site: Site
    routing: Routing
    record: Record | None

    @property
    def progress(self) -> Progress | None:
        """None where no release by evidence is on record."""
        return self.record.progress if self.record and self.record.releases else None

    @property
    def candidate(self) -> str | None:
        """The version that is, or was last, released by evidence."""
        return self.record.releases[0].candidate if self.record and self.progress else None

    @property
    def stable(self) -> str | None:
        """What the release goes back to."""
        return self.record.stable if self.record and self.progress else None

    @property
    def weight(self) -> float:
        """The candidate's share of calls."""
        return self.routing.shares.get(self.candidate or "", 0.0)

    @property
    def is_forgotten(self) -> bool:
        """A split that nobody works on."""
        return bool(self.routing.weights) and not (self.progress and self.progress.active)

    @property
    def phase(self) -> str:
        """In words."""
        if self.is_forgotten:
            return words.FORGOTTEN
        if self.progress is None:
            return words.NOTHING
        return words.phase(self.progress, None if self.site.leads else self.site.leader)

    @property
    def advice(self) -> str | None:
        """For a forgotten split: what it is and what to do."""
        if not self.is_forgotten:
            return None
        end = f"patchbay release {{}} {self.site.function.name} --env {self.site.environment.name}"
        end = f"{end} --region {self.site.region}"
        newest = max(self.routing.shares, key=int) if _numbered(self.routing) else None
        take_up = f"`{end.format('start')} --version {newest}`" if newest else "`aws lambda update-alias`"
        ways = f"{take_up} releases it by evidence"
        if self.progress is not None:
            ways += f", `{end.format('abort')}` goes back to version {self.stable}"
        return (
            f"{self.site.label}: calls are split, {self.routing}, and no release works on it: "
            f"somebody did that by hand; {ways}"
        )

    def as_dict(self) -> dict[str, object]:
        """What --json prints."""
        progress = self.progress
        return {
            "function": self.site.function.name,
            "region": self.site.region,
            "leads": self.site.leads,
            "phase": progress.phase.value if progress else None,
            "paused": bool(progress and progress.paused),
            "active": bool(progress and progress.active),
            "weight": self.weight if progress else None,
            "candidate": self.candidate,
            "stable": self.stable,
            "calls": self.routing.shares,
            "started": timestamp(progress.at) if progress else None,
            "why": progress.why if progress else None,
            "forgotten_split": self.is_forgotten,
        }


def read(client: "LambdaClient", site: Site) -> Standing:
    """One GetAlias. Raises NotDeployed where nothing is deployed, ClientError."""
    try:
        found = client.get_alias(FunctionName=site.name, Name=site.alias)
    except client.exceptions.ResourceNotFoundException:
        raise NotDeployed(site) from None
    weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights")
    return Standing(
        site, Routing.of(found["FunctionVersion"], weights or {}), parse(found.get("Description", ""))
    )


def timestamp(epoch: float) -> str:
    """UTC, to the second."""
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _numbered(routing: Routing) -> bool:
    return all(version.isdecimal() for version in routing.shares)
