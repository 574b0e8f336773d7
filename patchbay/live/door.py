"""One question to AWS: an answer, or the reason why there is none."""

from collections.abc import Callable
from typing import Generic, TypeVar

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

from patchbay.errors import UserError
from patchbay.live.model import Read, Unread
from patchbay.refusals import WITHOUT_CREDENTIALS, Refusal, why

C = TypeVar("C")
T = TypeVar("T")
U = TypeVar("U")

Is = Callable[[Refusal], bool]

_AGAIN = (NoConnectionError, HTTPClientError, *WITHOUT_CREDENTIALS)
"""Each further request would run into it, too, after botocore has tried four times."""


def missing(refusal: Refusal) -> bool:
    """Whether there is no such thing: what most services answer."""
    return refusal.code == "ResourceNotFoundException"


def no_stack(refusal: Refusal) -> bool:
    """CloudFormation's way to say that there is no such stack."""
    return refusal.code == "ValidationError" and "does not exist" in refusal.message


def no_machine(refusal: Refusal) -> bool:
    """Step Functions' way to say that there is no such state machine."""
    return refusal.code == "StateMachineDoesNotExist"


class Door(Generic[C]):
    """One service in one Region of one account. Behind an endpoint that did not answer nobody waits again.

    `barred` says why there is no way into the account; None where there is one.
    """

    def __init__(self, barred: Callable[[], Unread | None], client: Callable[[], C]) -> None:
        self._barred = barred
        self._client = client
        self._closed: Unread | None = None

    def ask(self, question: Callable[[C], T]) -> Read[T] | Unread:
        """The answer to a question that always has one."""
        answer = self._attempt(question, lambda _: False)
        assert answer is not None
        return answer

    def ask_for(self, question: Callable[[C], T], absent: U, is_absent: Is = missing) -> Read[T | U] | Unread:
        """The answer, or `absent` where AWS knows no such thing."""
        answer = self._attempt(question, is_absent)
        if answer is None:
            return Read(absent)
        return answer if isinstance(answer, Unread) else Read(answer.value)

    def _attempt(self, question: Callable[[C], T], is_absent: Is) -> Read[T] | Unread | None:
        if closed := self._closed or self._barred():
            return closed
        try:
            return Read(question(self._client()))
        except ClientError as error:
            refusal = Refusal.of(error)
            return None if is_absent(refusal) else self._unread(error, close=refusal.nobody)
        except UserError as error:
            return Unread(str(error))
        except BotoCoreError as error:
            return self._unread(error, close=isinstance(error, _AGAIN))

    def _unread(self, error: ClientError | BotoCoreError, *, close: bool) -> Unread:
        unread = unread_for(error)
        if close:
            self._closed = unread
        return unread


def unread_for(error: ClientError | BotoCoreError) -> Unread:
    """Why, and the right that is missing if it is one."""
    right = None
    if isinstance(error, ClientError):
        refusal = Refusal.of(error)
        needs_one = refusal.operation != "GetCallerIdentity"
        right = refusal.right if refusal.denied and needs_one else None
    return Unread(why(error), right)
