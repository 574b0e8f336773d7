"""Which controller this is: what its stack wrote into the environment of the step Lambda."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One environment in one Region."""

    machine_arn: str
    """The state machine."""
    reports_bucket: str
    app: str
    environment: str
    keep_versions: int = 10
    """So many of the newest versions of a function stay."""

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> "Place":
        """Raises KeyError where one is missing."""
        return cls(
            variables["STATE_MACHINE_ARN"],
            variables["REPORTS_BUCKET"],
            variables["APP"],
            variables["ENVIRONMENT"],
            int(variables["KEEP_VERSIONS"]),
        )

    @property
    def region(self) -> str:
        """Of the functions."""
        return self.machine_arn.split(":")[3]

    @property
    def account(self) -> str:
        """Of the functions."""
        return self.machine_arn.split(":")[4]
