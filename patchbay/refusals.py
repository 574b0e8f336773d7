"""What AWS answers instead of doing it, and why there may be no answer at all."""

import re
from dataclasses import dataclass

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)

from patchbay.rights import RIGHTS

_NAMED = re.compile(r"not authorized to perform: ([\w-]+:\w+)")
_QUOTA = ("ServiceQuotaExceededException", "LimitExceededException")
_CREDENTIALS = (
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
)
"""API references, "Common errors": most of them come with status 403, as a missing right does."""
WITHOUT_CREDENTIALS = (
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)
"""botocore's, before anything is sent."""


@dataclass(frozen=True)
class Refusal:
    """An error answer of AWS."""

    code: str
    status: int
    message: str
    operation: str

    @classmethod
    def of(cls, error: ClientError) -> "Refusal":
        """Parsed once."""
        told, metadata = error.response["Error"], error.response.get("ResponseMetadata", {})
        status = metadata.get("HTTPStatusCode", 0)
        return cls(told["Code"], status, told.get("Message", ""), error.operation_name)

    @property
    def nobody(self) -> bool:
        """Whether AWS does not know, or no longer accepts, who asks."""
        return self.code in _CREDENTIALS

    @property
    def denied(self) -> bool:
        """Whether the caller may not ask, or the service may not do it for the caller."""
        return (self.status == 403 or self.code.startswith("AccessDenied")) and not self.nobody

    @property
    def right(self) -> str:
        """The missing right: as AWS names it, else the one that the operation needs."""
        named = _NAMED.search(self.message)
        return named.group(1) if named else RIGHTS.get(self.operation, self.operation)

    @property
    def no_answer(self) -> str | None:
        """Why this says nothing about the question; None where it does."""
        if self.nobody:
            return f"AWS does not accept the credentials: {self}"
        if self.denied:
            return f"the right {self.right} is missing: {self}"
        if self.status == 429 or "Throttling" in self.code or self.code == "TooManyRequestsException":
            return f"AWS was too busy: {self}"
        if self.status == 402 or self.code in _QUOTA:
            return f"a quota is used up: {self}"
        return f"AWS failed: {self}" if self.status >= 500 else None

    def __str__(self) -> str:
        return f"{self.operation} answered {self.code}: {self.message}"


def why(error: ClientError | BotoCoreError) -> str:
    """Why a question has no answer, in one sentence."""
    if isinstance(error, ClientError):
        refusal = Refusal.of(error)
        return refusal.no_answer or str(refusal)
    if isinstance(error, WITHOUT_CREDENTIALS):
        return f"there are no credentials: {error}"
    return f"AWS was not reached: {error}"
