"""What AWS answers instead of an answer."""

import pytest
from botocore.exceptions import ClientError, NoCredentialsError

from patchbay.explain.asking import asked
from patchbay.live.model import Read, Unread


def _refused(code: str, status: int) -> None:
    error = {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    raise ClientError(error, "GetPolicy")  # type: ignore[arg-type]  # as botocore makes it


def test_what_aws_does_not_know_is_none() -> None:
    assert asked("lambda", lambda: _refused("ResourceNotFoundException", 404)) == Read(None)


def test_a_missing_right_is_named() -> None:
    found = asked("lambda", lambda: _refused("AccessDeniedException", 403))
    assert found == Unread("GetPolicy answered AccessDeniedException", "lambda:GetPolicy")


@pytest.mark.parametrize(
    "code", ["ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId"]
)
def test_credentials_that_are_not_accepted_are_no_missing_right(code: str) -> None:
    """Status 403 as well; the last two also where a Region is not enabled for the account."""
    found = asked("lambda", lambda: _refused(code, 403))
    assert found == Unread(f"AWS does not accept the credentials: GetPolicy answered {code}")


def test_a_throttle_is_no_missing_right() -> None:
    assert asked("lambda", lambda: _refused("ThrottlingException", 429)) == Unread(
        "GetPolicy answered ThrottlingException"
    )


def test_without_any_credentials_nothing_can_be_asked() -> None:
    def nobody() -> None:
        raise NoCredentialsError

    with pytest.raises(NoCredentialsError):
        asked("lambda", nobody)
