"""What is known of the functions that a flow invokes: from the folders, or from an environment too."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from patchbay import function_folders
from patchbay.config import Environment, Instance
from patchbay.functions import Function


@dataclass(frozen=True)
class Target:
    """The function that a block names."""

    function: Function
    fallback: bool
    """In the fallback Region."""


class KnownFunctions(Protocol):
    """Where the rules get a function's settings from."""

    def named(self, name: str) -> Function | None:
        """The function of a placeholder; None where there is none of that name."""

    def at(self, arn: str, /) -> Target | None:
        """The function of an ARN, qualified or not; None where it is not one of ours."""


@dataclass(frozen=True)
class Folders:
    """The function folders alone: a name is known, an ARN is not."""

    lambdas: Path
    read: dict[str, Function | None] = field(default_factory=dict, compare=False)
    """What has been read already."""

    def named(self, name: str) -> Function | None:
        """With the settings of its `function.toml`. Raises UserError where that is not usable."""
        if name not in self.read:
            there = name in function_folders.folders(self.lambdas)
            self.read[name] = function_folders.load(self.lambdas, name, {}, "lambdas") if there else None
        return self.read[name]

    def at(self, _: str) -> Target | None:
        """An ARN belongs to an environment."""
        return None


@dataclass(frozen=True)
class OfInstance:
    """The functions that an instance of an environment lists."""

    environment: Environment
    instance: Instance

    def named(self, name: str) -> Function | None:
        """With the environment's overrides."""
        return self.environment.functions.get(name) if name in self.instance.functions else None

    def at(self, arn: str) -> Target | None:
        """By the ARNs that the environment's names make."""
        bare = ":".join(arn.split(":")[:7])
        group = self.environment.group(self.instance)
        for function in self.environment.functions_of(self.instance):
            for region in group.regions:
                if bare == self.environment.function_arn(function.name, region):
                    return Target(function, fallback=region != group.preferred)
        return None
