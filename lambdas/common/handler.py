"""The decorator between Lambda's `handler(raw, context)` and a function of a ContactEvent.

It writes two lines per invocation, one before the function runs and one after, and raises where Connect would
take the Error branch anyway, so that Lambda counts an error. A first line without a second is an invocation
that was killed: out of time, out of memory. The lines hold no phone number, parameter, attribute or response
value.
"""

import functools
import os
import re
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from common import answers, log, remaining
from common.event import ContactEvent, NotAConnectEvent
from common.response import ResponseRefused, ResponseType, refusal

RESPONSE_TYPE_VARIABLE = "PATCHBAY_RESPONSE_TYPE"
"""Set by the stack from `response` in function.toml; without it the stricter STRING_MAP holds."""

Handle = Callable[[ContactEvent], Mapping[str, object]]
Handler = Callable[[Mapping[str, object], object], Mapping[str, object]]

_CODE = Path(__file__).parents[1]
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


class HandlerFailed(Exception):
    """A handler raised. Names the error and its place only.

    Lambda writes the text of what a handler raises to its log, and the text of a foreign exception may hold
    personal data (a KeyError's is the key). The original is this one's __context__, which
    no traceback prints.
    """


@dataclass
class _Lines:
    """What becomes the log lines of one invocation."""

    context: object
    outcome: str = "raised"
    error_type: str | None = None
    event: ContactEvent | None = None
    started: float = field(default_factory=time.perf_counter)

    def begin(self, raw: Mapping[str, object]) -> ContactEvent:
        """The first line names the contact if there is one; it is written either way."""
        try:
            self.event = ContactEvent.parse(raw)
            return self.event
        finally:
            log.started(self._names())

    def end(self) -> None:
        log.invocation(
            {
                **self._names(),
                "outcome": self.outcome,
                "error_type": self.error_type,
                "duration_ms": round((time.perf_counter() - self.started) * 1000, 1),
            },
            failed=self.outcome in ("raised", "refused"),
        )

    def _names(self) -> dict[str, object]:
        return {
            "contact_id": self.event and self.event.contact_id,
            "channel": self.event and self.event.channel,
            "request_id": getattr(self.context, "aws_request_id", None),
            "function_version": getattr(self.context, "function_version", None)
            or os.environ.get("AWS_LAMBDA_FUNCTION_VERSION"),
        }


def contact_handler(handle: Handle) -> Handler:
    """`handle` as a Lambda handler that Connect may invoke.

    The handler raises NotAConnectEvent on another payload, ResponseRefused on an answer that Connect would
    refuse, and HandlerFailed in place of anything that `handle` raises. The outcome that is logged is `ok`,
    `error` (an answer made by answers.failure), `refused` or `raised`.
    """

    @functools.wraps(handle)
    def handler(raw: Mapping[str, object], context: object) -> Mapping[str, object]:
        lines = _Lines(context)
        remaining.begin(context)
        try:
            return _checked(handle, raw, lines)
        except (NotAConnectEvent, ResponseRefused) as error:
            lines.error_type = type(error).__name__
            raise
        except Exception as error:
            lines.error_type = type(error).__name__
            raise HandlerFailed(f"{lines.error_type} at {_place(error)}") from None
        finally:
            lines.end()

    return handler


def _checked(handle: Handle, raw: Mapping[str, object], lines: _Lines) -> Mapping[str, object]:
    event = lines.begin(raw)
    # Before the handler runs, so that a wrong setting is found before it changes anything.
    response_type = ResponseType(os.environ.get(RESPONSE_TYPE_VARIABLE, ResponseType.STRING_MAP))
    answer = handle(event)
    if reason := refusal(answer, response_type):
        lines.outcome = "refused"
        raise ResponseRefused(reason)
    lines.outcome, lines.error_type = _outcome(answer)
    return answer


def _outcome(answer: Mapping[str, object]) -> tuple[str, str | None]:
    """The outcome and error type of an accepted answer; only an identifier is fit for the log."""
    if answer.get("status") != answers.ERROR:
        return "ok", None
    error_type = answer.get("errorType")
    known = isinstance(error_type, str) and _IDENTIFIER.fullmatch(error_type)
    return "error", str(error_type) if known else None


def _place(error: Exception) -> str:
    """File, line and function of the innermost frame of the handlers' own code."""
    frames = traceback.extract_tb(error.__traceback__)
    own = (frame for frame in reversed(frames) if Path(frame.filename).is_relative_to(_CODE))
    innermost = next(own, frames[-1])
    return f"{'/'.join(Path(innermost.filename).parts[-2:])}:{innermost.lineno} in {innermost.name}"
