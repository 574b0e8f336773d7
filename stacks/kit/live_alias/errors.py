"""The errors of this custom resource."""


class LiveAliasError(Exception):
    """Fails the deploy; the message is one sentence that an operator can act on."""


class DecideAnewError(Exception):
    """A call failed in a way that passes, or the alias changed meanwhile: read again and decide anew."""
