"""Questions to AWS whose answer may be that it knows no such thing, or that one may not ask."""

from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from patchbay.errors import UserError
from patchbay.live.model import Read, Unread
from patchbay.refusals import Refusal

T = TypeVar("T")

_MISSING = ("ResourceNotFoundException",)


def asked(service: str, call: Callable[[], T]) -> Read[T | None] | Unread:
    """`service` as IAM names it. `call` makes its client itself: there may be no way into an account.

    Raises NoCredentialsError: nothing could be asked at all.
    """
    try:
        return Read(call())
    except NoCredentialsError:
        raise
    except ClientError as error:
        return _refused(service, error)
    except (BotoCoreError, UserError) as error:
        return Unread(" ".join(str(error).split()))


def _refused(service: str, error: ClientError) -> Read[T | None] | Unread:
    refusal = Refusal.of(error)
    if refusal.code in _MISSING:
        return Read(None)
    if refusal.nobody:
        return Unread(f"AWS does not accept the credentials: {error.operation_name} answered {refusal.code}")
    # An operation's name is the action's, in every service that is asked here.
    right = f"{service}:{error.operation_name}" if refusal.denied else None
    return Unread(f"{error.operation_name} answered {refusal.code}", right)
