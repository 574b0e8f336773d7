"""Random keys that functions read, such as the one that signs codes."""

from collections.abc import Sequence

from aws_cdk import RemovalPolicy, aws_secretsmanager
from constructs import Construct

from patchbay.naming import construct_id

_KEY_CHARS = 64


class Secrets(Construct):
    """Every secret that the Region's functions name, by that name.

    Each Region has a key of its own, nothing is replicated: what a function signs with it is verified in the
    Region that signed it. The key goes with the stack; only what it signed becomes worthless then.
    """

    def __init__(self, scope: Construct, id_: str, *, names: Sequence[str]) -> None:
        super().__init__(scope, id_)
        self.secrets: dict[str, aws_secretsmanager.ISecret] = {name: self._key(name) for name in names}

    def _key(self, name: str) -> aws_secretsmanager.Secret:
        return aws_secretsmanager.Secret(
            self,
            construct_id(name),
            description=f"Patchbay: the random key {name}, made by the deploy",
            generate_secret_string=aws_secretsmanager.SecretStringGenerator(
                password_length=_KEY_CHARS, exclude_punctuation=True
            ),
            # The name is generated, so that the one to come does not collide with one in its recovery window.
            removal_policy=RemovalPolicy.DESTROY,
        )
