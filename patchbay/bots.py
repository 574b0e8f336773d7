"""Which function fulfils the intents of which Lex V2 bot."""

from patchbay.arns import Arn
from patchbay.config import Environment, Instance, RegionGroup


def fulfilments(environment: Environment, instance: Instance) -> dict[str, str]:
    """The alias ARN of the function that a bot invokes, by the ARN of the bot alias.

    A function says by `bot` in its function.toml which entry of the instance's resources it serves. It is the
    one in the bot's own Region where the group has it: no page of AWS says that a bot reaches another.
    """
    group = environment.group(instance)
    served = {
        instance.resources[function.bot]: function.name
        for function in environment.functions_of(instance)
        if function.bot in instance.resources
    }
    return {bot: environment.alias_arn(name, _region(bot, group)) for bot, name in served.items()}


def _region(bot: str, group: RegionGroup) -> str:
    own = Arn.parse(bot).region
    return own if own in group.regions else group.preferred
