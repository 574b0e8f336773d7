"""Which function fulfils the intents of which Lex V2 bot."""

from patchbay.config import Environment, Instance


def fulfilments(environment: Environment, instance: Instance) -> dict[str, str]:
    """The alias ARN of the function, in the Region that carries the calls, by the ARN of the bot alias.

    A function says by `bot` in its function.toml which entry of the instance's resources it serves.
    """
    region = environment.group(instance).preferred
    return {
        instance.resources[function.bot]: environment.alias_arn(function.name, region)
        for function in environment.functions_of(instance)
        if function.bot in instance.resources
    }
