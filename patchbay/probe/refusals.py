"""A question to AWS that may be refused: the refusal is an answer, or only the reason why there is none."""

from collections.abc import Callable

from botocore.exceptions import ClientError

from patchbay.probe.answers import NotAskedError
from patchbay.refusals import Refusal


def attempt(call: Callable[[], object]) -> Refusal | None:
    """None where AWS did it, else its refusal. Raises NotAskedError where that is no answer."""
    try:
        call()
    except ClientError as error:
        refusal = Refusal.of(error)
        if refusal.no_answer:
            raise NotAskedError(refusal.no_answer) from error
        return refusal
    return None
