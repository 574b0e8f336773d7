"""What a release is to keep to, as the deploy wrote it into the execution's input."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Lead:
    """Another Region that has a say."""

    region: str
    mode: str
    """`follow`: that Region carries the calls and judges, this one does as it does. `after`: both carry
    calls; this one starts when that one has promoted."""


@dataclass(frozen=True)
class Settings:
    """Of one function in one Region."""

    name: str
    """The function's folder, as in `account_service`."""
    log_group: str
    time_limit_seconds: float
    """The block's limit, and the function's."""
    response: str = "STRING_MAP"
    effects: bool = False
    lead: Lead | None = None
    max_hours: float = 24
    """A release without a verdict by then ends on the stable version."""
    watch_hours: float = 24
    """After the promotion."""
    period_seconds: float = 60
    """Between two looks at the evidence."""
    settle_seconds: float = 120
    """The newest evidence, which may not be complete yet."""
    watch_period_seconds: float = 300
    force: bool = False
    """An operator began it although it cannot be expected to end in time; no deploy says so."""
    history_events: int = 20_000
    """A successor takes over before; 25,000 end an execution (Step Functions quotas)."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Settings":
        """Keys of other versions of Patchbay are ignored: a release outlives a deploy."""
        known = {key: value for key, value in raw.items() if key in cls.__dataclass_fields__}
        lead = known.pop("lead", None)
        return cls(**known, lead=Lead(lead["region"], lead["mode"]) if lead else None)
