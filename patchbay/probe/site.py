"""Where the probe works, and the names of what it makes there."""

import re
from dataclasses import dataclass

from patchbay.arns import InstanceArn
from patchbay.config import REGION_SHAPE, Environment, Instance
from patchbay.errors import UserError
from patchbay.limits import FUNCTION_NAME_MAX_CHARS

MARK = "Made by patchbay probe, which removes it again"
"""The description of everything that the probe makes; what has another is not its own."""


@dataclass(frozen=True)
class Site:
    """One instance of an environment, its Region, and one other Region."""

    environment: Environment
    instance: Instance
    other_region: str | None

    @classmethod
    def of(cls, environment: Environment, instance: str | None, other_region: str | None) -> "Site":
        """By the names that a user gives. Raises UserError."""
        chosen = environment.instance(instance) if instance else environment.instances[0]
        home = chosen.arn.region
        others = [region for region in environment.regions if region != home]
        if other_region is not None and not re.fullmatch(REGION_SHAPE, other_region):
            raise UserError(f"--other-region {other_region!r} is not a Region: write it as in eu-west-2")
        if other_region == home:
            raise UserError(f"--other-region {home!r} is the instance's own Region: name another one")
        site = cls(environment, chosen, other_region or (others[0] if others else None))
        if len(site.name) > FUNCTION_NAME_MAX_CHARS:
            raise UserError(
                f"the name {site.name!r} is longer than the {FUNCTION_NAME_MAX_CHARS} characters of a "
                "function's name: shorten app or the environment's name"
            )
        return site

    @property
    def arn(self) -> InstanceArn:
        """The instance's."""
        return self.instance.arn

    @property
    def regions(self) -> tuple[str, ...]:
        """The instance's Region first."""
        return (self.arn.region, *([self.other_region] if self.other_region else []))

    @property
    def searched(self) -> tuple[str, ...]:
        """Every Region in which an earlier run of this environment may have left something."""
        return tuple(dict.fromkeys((*self.regions, *self.environment.regions)))

    @property
    def name(self) -> str:
        """Of the function, its role and the contact flow. No function folder can have it: it has a dash."""
        return self.environment.names.function("probe-throwaway")

    @property
    def log_group(self) -> str:
        """Not the default group of the function: nobody else makes one of this name."""
        return f"/patchbay/probe/{self.environment.app}/{self.environment.name}"

    def function_arn(self, region: str) -> str:
        """The unqualified ARN."""
        return self.environment.function_arn("probe-throwaway", region)

    def log_group_arn(self, region: str) -> str:
        """Without the `:*` of its streams."""
        return f"arn:{self.arn.partition}:logs:{region}:{self.environment.account}:log-group:{self.log_group}"
