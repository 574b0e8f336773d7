"""The error of this custom resource."""


class FlowLogGroupError(Exception):
    """Fails the deploy; the message is one sentence that an operator can act on."""
