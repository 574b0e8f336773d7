"""The table `[release]` of an environment file."""

from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from patchbay import toml
from patchbay.functions import Strategy


def _from_to(low: float, high: float, unit: str) -> AfterValidator:
    """A number in this range; infinite ones are in none."""

    def check(number: float) -> float:
        if not low <= number <= high:
            raise ValueError(f"{number:g} is out of range: use {low:g} to {high:g} {unit}")
        return number

    return AfterValidator(check)


class Release(toml.Section):
    """How new versions meet callers, unless a function says otherwise."""

    strategy: Strategy = Strategy.ALL_AT_ONCE
    max_hours: Annotated[float, _from_to(0, 720, "hours")] = 24
    """A release without a verdict by then ends on the stable version."""
    watch_hours: Annotated[float, _from_to(0, 720, "hours")] = 24
    """How long a promoted version can still be taken back by evidence."""
    period_seconds: Annotated[int, _from_to(1, 3600, "seconds")] = 60
    """Between two looks at the evidence while callers are split."""
    settle_seconds: Annotated[int, _from_to(0, 3600, "seconds")] = 120
    """The newest evidence is left out: log lines and metrics arrive late."""
    watch_period_seconds: Annotated[int, _from_to(1, 3600, "seconds")] = 300
    """Between two looks after the promotion."""

    @model_validator(mode="after")
    def _ends_after_a_look(self) -> Self:
        first_look = self.period_seconds + self.settle_seconds
        if self.max_hours * 3600 <= first_look:
            raise ValueError(
                f"max_hours is {self.max_hours:g}: evidence is there after period_seconds + settle_seconds = "
                f"{first_look} s at the earliest, so allow more than {first_look / 3600:.3g} hours"
            )
        return self
