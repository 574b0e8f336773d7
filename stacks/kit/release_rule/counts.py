"""What the rule is told: contacts by version."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Contacts whose first attempt met one version. ValueError unless 0 <= failed <= seen."""

    seen: int = 0
    failed: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.failed <= self.seen:
            raise ValueError(f"{self.failed} failed of {self.seen} contacts: must be 0 to {self.seen}")

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.seen + other.seen, self.failed + other.failed)

    @property
    def clean(self) -> int:
        """Contacts that did not fail."""
        return self.seen - self.failed


@dataclass(frozen=True)
class Period:
    """One stretch of time in which the candidate's share of calls, `weight` (0 to 1), did not change.

    `before`: the weight that may still have been in force for some of the contacts; None if none.
    """

    weight: float
    candidate: Counts
    stable: Counts
    before: float | None = None

    @property
    def weights(self) -> tuple[float, float]:
        """The lowest and the highest weight that a contact may have met."""
        before = self.weight if self.before is None else self.before
        return min(self.weight, before), max(self.weight, before)
