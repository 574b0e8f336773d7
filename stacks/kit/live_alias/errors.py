"""The errors of this custom resource."""


class LiveAliasError(Exception):
    """Fails the deploy; the message is one sentence that an operator can act on."""


class DeniedError(LiveAliasError):
    """The right is missing, or has not spread yet: IAM is eventually consistent (IAM user guide,
    "Troubleshoot IAM")."""


class DecideAnewError(Exception):
    """A call failed in a way that passes, or the alias changed meanwhile: read again and decide anew."""
