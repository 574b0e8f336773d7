"""How `--stub` names a function of an environment, and the name that Lambda knows it by.

tutorial                        the function, in every Region
tutorial in us-west-2           in that Region alone
{{function:tutorial}}           in the preferred Region, as a flow file writes it
{{function:tutorial:fallback}}  in the fallback Region
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patchbay import flow_templates
from patchbay.config import Environment, Instance
from patchbay.errors import UserError
from patchbay.simulator import stubs
from patchbay.simulator.flow import Flow

_IN_REGION = " in "
"""Between a function and its Region."""


@dataclass(frozen=True)
class StubNames:
    """Of the functions that an instance's flows invoke."""

    environment: Environment
    instance: Instance

    def physical(self, options: Iterable[str], flow: Flow) -> list[str]:
        """The options as `stubs.load` takes them.

        Raises UserError on a name that stands for no function: the real one would run.
        """
        known = self._known(flow)
        return [self._physical(option, known) for option in options]

    def _physical(self, option: str, known: set[str] | None) -> str:
        written, _, file = option.rpartition("=")
        return f"{self._name(written, known)}={file}" if written else option

    def _name(self, written: str, known: set[str] | None) -> str:
        kind, *arguments = flow_templates.whole(written)
        if kind == "function":
            return self._of_placeholder(written, arguments)
        name, _, region = written.partition(_IN_REGION)
        if name in self.environment.functions:
            return self._in_region(written, name, region)
        if known is not None and name not in known:
            raise self._unknown(name)
        return written

    def _of_placeholder(self, written: str, arguments: Sequence[str]) -> str:
        group = self.environment.group(self.instance)
        match arguments:
            case [name] if name in self.environment.functions:
                return self.environment.alias_arn(name, group.preferred)
            case [name, "fallback"] if name in self.environment.functions:
                return self.environment.alias_arn(name, group.fallback)
        raise self._unknown(written)

    def _in_region(self, written: str, name: str, region: str) -> str:
        if not region:
            return self.environment.names.function(name)
        regions = self.environment.group(self.instance).regions
        if region not in regions:
            raise UserError(
                f"--stub {written!r}: {self.instance.name} has its functions in {', '.join(regions)}, "
                f"not in {region!r}"
            )
        return self.environment.alias_arn(name, region)

    def _known(self, flow: Flow) -> set[str] | None:
        """What the flow's functions may be called; None where only the call tells which those are."""
        invoked = [
            str(action.parameters.get("LambdaFunctionARN", ""))
            for action in flow.actions.values()
            if action.type == "InvokeLambdaFunction"
        ]
        if any("$" in arn for arn in invoked):
            return None
        return {name for arn in invoked for name in stubs.names(arn)}

    def _unknown(self, name: str) -> UserError:
        names = ", ".join(sorted(self.environment.functions)) or "none"
        return UserError(f"--stub {name!r} stands for no function of this call: there are {names}")
