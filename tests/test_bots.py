"""Which function fulfils which bot's intents."""

from patchbay import bots, environments
from patchbay.config import Environment
from patchbay.functions import Function

BOT = "arn:aws:lex:us-east-1:000000000000:bot-alias/BOT1234567/ALIAS12345"


def environment(**changes: object) -> Environment:
    """Environment local with a bot, and customer_lookup serving what `changes` say."""
    local = environments.load("local")
    lookup = local.functions["customer_lookup"].model_copy(update=changes)
    functions: dict[str, Function] = {**local.functions, "customer_lookup": lookup}
    instance = local.instances[0].model_copy(update={"resources": {"bot_help": BOT}})
    return local.model_copy(update={"functions": functions, "instances": (instance,)})


def test_a_function_that_names_a_bot_fulfils_it_in_the_bots_own_region() -> None:
    env = environment(bot="bot_help")

    found = bots.fulfilments(env, env.instances[0])

    assert found[BOT] == env.alias_arn("customer_lookup", "us-east-1")


def test_a_bot_that_the_instance_does_not_have_is_left_out() -> None:
    env = environment(bot="bot_elsewhere")

    assert env.instances[0].resources.get("bot_elsewhere") is None
    assert "customer_lookup" not in str(bots.fulfilments(env, env.instances[0]))
