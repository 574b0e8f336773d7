"""What an execution carries from step to step: evidence only. Where the release stands is in the record."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from release.weights import Stretch
from release_rule.baseline import Baseline
from release_rule.counts import Counts
from release_rule.rule import Tally
from release_rule.watch import Watch

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True)
class Move:
    """One line of the report."""

    at: float
    phase: str
    weight: float
    why: str


@dataclass(frozen=True)
class State:
    """Times are in epoch seconds."""

    ticked: float = 0.0
    """When the last step was taken."""
    ticks: int = 0
    """Steps of this execution."""
    began: float = 0.0
    """Since when the rule has been deciding; the time for a verdict counts from here."""
    cursor: float = 0.0
    """Evidence is counted up to here."""
    stretches: tuple[Stretch, ...] = ()
    """Which weight was in force when; the last is in force now."""
    split_since: float = 0.0
    """Since when the alias has been split without a break: per-version metrics exist from here."""
    calls_per_period: float = 0.0
    """A recent rate."""
    baseline: Baseline | None = None
    tally: Tally | None = None
    watch: Watch | None = None
    promoted: float = 0.0
    """When all callers were last moved to the candidate; 0 before."""
    candidate: Counts = field(default_factory=Counts)
    stable: Counts = field(default_factory=Counts)
    watched: Counts = field(default_factory=Counts)
    """Contacts on the candidate since its promotion."""
    attempts: Mapping[str, int] = field(default_factory=dict)
    """By version since `split_since`, for the cross-check."""
    failures: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    errors: int = 0
    """Steps in a row without an answer about the evidence."""
    unread: float = 0.0
    """Since when there has been none."""
    fallbacks: int = 0
    """How often callers were taken back for want of evidence."""
    fell: float = 0.0
    """When they last were; 0 once evidence was read again."""
    held: int = 0
    """Steps in a row in which nothing but a doubt kept the release from going on."""
    recheck: str = ""
    """Why the cross-check's window began anew: it has to hold some attempts before it says anything."""
    warm_ups: int = 0
    """Warm-ups that failed, in a row."""
    paused_since: float = 0.0
    """0 while it is not paused."""
    stuck: bool = False
    """It does not go on, and somebody should find out why."""
    paused_seconds: float = 0.0
    note: str = ""
    """The last step in a sentence."""
    moves: tuple[Move, ...] = ()
    overruled: str = ""
    """What the leading Region said when an operator promoted here without it: `release.leader.Stand`."""
    announced: str = ""
    """The phase, weight and flags that were last told to EventBridge."""

    @property
    def weight(self) -> float:
        """The candidate's share that is in force as far as this execution knows."""
        return self.stretches[-1].weight if self.stretches else 0.0

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        raw = asdict(self)
        raw["tally"] = self.tally.as_dict() if self.tally else None
        raw["watch"] = self.watch.as_dict() if self.watch else None
        return raw

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "State":
        """What `as_dict` made, perhaps of another version of Patchbay: a release outlives a deploy."""
        values = {key: value for key, value in raw.items() if key in cls.__dataclass_fields__}
        for key in ("candidate", "stable", "watched"):
            values[key] = _known(Counts, values[key])
        values["baseline"] = _known(Baseline, values["baseline"]) if values["baseline"] else None
        values["tally"] = Tally.of(values["tally"]) if values["tally"] else None
        values["watch"] = Watch.of(values["watch"]) if values["watch"] else None
        values["stretches"] = tuple(_known(Stretch, stretch) for stretch in values["stretches"])
        values["moves"] = tuple(_known(Move, move) for move in values["moves"])
        return cls(**values)

    def moved(self, now: float, phase: str, weight: float, why: str) -> "State":
        """With a line for the report; only the newest forty are kept."""
        return replace(self, note=why, moves=(*self.moves, Move(now, phase, weight, why))[-40:])


def _known(kind: type[T], raw: Mapping[str, Any]) -> T:
    """Without the fields that only another version of Patchbay has."""
    return kind(**{key: value for key, value in raw.items() if key in kind.__dataclass_fields__})
