"""The errors of this custom resource: a sentence for CloudFormation's event list, and a refusal to judge."""


class AssociationError(Exception):
    """Fails the deploy; the message is one sentence that an operator can act on."""


class RefusedError(Exception):
    """Connect, or the way to it, did not do what was asked.

    `uncertain` is true where an attempt ended without an answer or with a 5xx: it may have been carried out.
    """

    def __init__(self, code: str, status: int, message: str, *, uncertain: bool) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.status = status
        self.message = message
        self.uncertain = uncertain

    @property
    def not_found(self) -> bool:
        """404: the instance or the function."""
        return self.status == 404

    @property
    def conflict(self) -> bool:
        """409: as far as AWS documents it, the association exists."""
        return self.status == 409

    @property
    def denied(self) -> bool:
        """403."""
        return self.status == 403

    @property
    def quota(self) -> bool:
        """402."""
        return self.status == 402
