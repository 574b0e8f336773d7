"""Where releases happen: a function in one Region, and who leads there."""

from collections.abc import Iterable
from dataclasses import dataclass

from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.functions import Function, Kind
from patchbay.naming import LIVE, PREVIOUS
from patchbay.releases.settings import controller_settings


@dataclass(frozen=True)
class Site:
    """One function in one Region."""

    environment: Environment
    function: Function
    region: str

    alias = LIVE
    previous_alias = PREVIOUS

    @property
    def name(self) -> str:
        """The Lambda function's name."""
        return self.environment.names.function(self.function.name)

    @property
    def leader(self) -> str:
        """The Region whose verdict holds here: the one of the group that carries the calls."""
        return self.environment.group_of_region(self.region).preferred

    @property
    def leads(self) -> bool:
        """Whether the release is decided here."""
        return self.leader == self.region

    @property
    def machine_arn(self) -> str:
        """The release controller's state machine of this Region."""
        return self.environment.release_machine_arn(self.region)

    @property
    def after(self) -> str | None:
        """The Region that has to promote first, where several carry calls."""
        lead = controller_settings(self.environment, self.function, self.region)["lead"]
        return lead["region"] if lead and lead["mode"] == "after" else None

    @property
    def key(self) -> tuple[str, str]:
        """Which one of the environment's."""
        return self.function.name, self.region

    @property
    def label(self) -> str:
        """For people."""
        return f"{self.function.name} in {self.region}"


def choose(
    environment: Environment, function: str | None, region: str | None = None, *, every: bool
) -> tuple[Site, ...]:
    """The sites of one function, or of every flow function; leading Regions before those that follow them.

    Raises UserError where both or neither are named, and for what does not exist.
    """
    if (function is None) == (not every):
        said = "both a function and --all" if every else "neither a function nor --all"
        raise UserError(f"{said}: name one function, {_known(environment)}, or write --all")
    if region is not None and region not in environment.regions:
        raise UserError(
            f"--region {region!r} has no functions of environment {environment.name}: "
            f"there are {', '.join(environment.regions)}"
        )
    wanted = _flow_functions(environment) if function is None else [_flow_function(environment, function)]
    sites = tuple(_sites(environment, wanted, region))
    if not sites:
        raise UserError(f"--region {region!r} does not have {function}: {_where(environment, wanted)}")
    return sites


def _sites(environment: Environment, wanted: Iterable[Function], region: str | None) -> Iterable[Site]:
    for function in wanted:
        found = [Site(environment, function, r) for r in _regions(environment, function)]
        yield from (site for site in found if region in (None, site.region))


def _regions(environment: Environment, function: Function) -> tuple[str, ...]:
    """In the file's order, in which a group's preferred Region comes first."""
    return tuple(
        region for region in environment.regions if function in [f for f, _ in environment.wired(region)]
    )


def _flow_functions(environment: Environment) -> list[Function]:
    found = [function for function in environment.functions.values() if function.kind is Kind.FLOW]
    if not found:
        raise UserError(f"environment {environment.name} lists no function that a flow calls: add one first")
    return found


def _flow_function(environment: Environment, name: str) -> Function:
    function = environment.function(name)
    if function.kind is not Kind.FLOW:
        raise UserError(
            f"function {name!r} is of kind {function.kind}: only kind flow meets callers through an alias "
            f"that is released by evidence, {_known(environment)}"
        )
    return function


def _known(environment: Environment) -> str:
    names = [function.name for function in environment.functions.values() if function.kind is Kind.FLOW]
    return f"there are {', '.join(names)}" if names else "there are none"


def _where(environment: Environment, wanted: Iterable[Function]) -> str:
    regions = dict.fromkeys(region for function in wanted for region in _regions(environment, function))
    return f"it runs in {', '.join(regions)}"
