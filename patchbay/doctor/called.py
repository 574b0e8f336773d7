"""What several checks ask of a function: its alias `live`, and commands on it."""

from patchbay.doctor import deployed
from patchbay.doctor.model import Place, Scene
from patchbay.live.model import Alias, LiveFunction, Read, Unread
from patchbay.naming import LIVE


def place(live: LiveFunction, instance: str | None = None) -> Place:
    """For findings."""
    return Place(function=live.function, region=live.region, instance=instance)


def absent(scene: Scene, live: LiveFunction) -> Unread | None:
    """Why nothing can be said of the function: its stack is not there, or does not have it yet, which the
    checks of stacks report."""
    stack = deployed.functions_stack(scene, live.region)
    gone = deployed.absent(stack)
    if gone is not None or stack is None or not isinstance(stack.template, Read):
        return gone
    if deployed.properties(stack, deployed.FUNCTION, FunctionName=live.name) is None:
        return Unread("the stack does not have it yet: see stacks-from-code")
    return None


def alias(scene: Scene, live: LiveFunction) -> Alias | Unread:
    """The alias `live`; where it is not there, the check alias-exists reports it."""
    gone = absent(scene, live)
    if gone is not None:
        return gone
    if isinstance(live.aliases, Unread):
        return live.aliases
    return live.aliases.value.get(LIVE) or Unread(f"there is no alias {LIVE}")


def command(operation: str, live: LiveFunction, arguments: str) -> str:
    """Of the AWS CLI, on the function."""
    return f"aws lambda {operation} --region {live.region} --function-name {live.name} {arguments}".rstrip()


def all_to(live: LiveFunction, version: str) -> str:
    """The command that sends every call to one version."""
    routing = "--routing-config AdditionalVersionWeights={}"
    return command("update-alias", live, f"--name {LIVE} --function-version {version} {routing}")
