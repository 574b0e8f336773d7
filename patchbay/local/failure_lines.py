"""What Lambda writes into a function's log where a worker does not start, or ends. Pure.

Sources: Lambda developer guide, "Understanding the Lambda execution environment lifecycle" (INIT_REPORT),
"Log formats" and the Telemetry API's event schema (platform.initReport, platform.runtimeDone); the lines of
the runtimes as their interface clients write them (aws-lambda-python-runtime-interface-client, bootstrap.py;
aws-lambda-nodejs-runtime-interface-client, LogPatch.js). Only the time of a first failed try is left out:
the embedded AWS starts a worker once for a request, so that is INIT_REPORT's phase `invoke`.
"""

import json
import signal
from dataclasses import dataclass
from datetime import UTC, datetime

EXIT_ERROR = "Runtime.ExitError"
IN_ONE_EVENT = "\ue000"
"""Between lines of one event; a log group gets them with a line break (patchbay.local.log_events)."""
_WARNING = "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code."
"""What Python's runtime logs where it cannot load a handler; it goes on about updates of runtimes."""


@dataclass(frozen=True)
class Failure:
    """As the runtime, or Lambda, names it."""

    type: str
    message: str
    stack: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """How a function's log is written."""

    node: bool
    json: bool
    at: float
    """Epoch seconds."""

    @property
    def time(self) -> str:
        """With milliseconds, in UTC."""
        return datetime.fromtimestamp(self.at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def of_start(failure: Failure, form: Form, init_ms: float) -> str:
    """The lines of a request whose worker did not start, between START and END."""
    return "\n".join((*_unhandled(failure, form), _init_report(failure.type, form, init_ms)))


def of_exit(failure: Failure, form: Form, request: str) -> str:
    """The last lines of a request whose worker ended."""
    if form.json:
        record: dict[str, object] = {"requestId": request, "status": "failure", "errorType": failure.type}
        return _platform("platform.runtimeDone", record, form)
    return f"{failure.message}{IN_ONE_EVENT}{failure.type}"


def exit_of(request: str, status: int | None) -> Failure:
    """`status` is the process's exit status, below 0 for the signal that ended it; None: not known."""
    if not status:
        reason = "Runtime exited without providing a reason"
    elif status < 0:
        reason = f"Runtime exited with error: signal: {str(signal.strsignal(-status)).lower()}"
    else:
        reason = f"Runtime exited with error: exit status {status}"
    return Failure(EXIT_ERROR, f"RequestId: {request} Error: {reason}")


def _unhandled(failure: Failure, form: Form) -> tuple[str, ...]:
    """Of the runtime; a process that ended has none, Lambda writes its line."""
    if failure.type == EXIT_ERROR:
        return () if form.json else (f"{failure.message}{IN_ONE_EVENT}{failure.type}",)
    if form.node:
        return (_of_node(failure, form),)
    return _warning(form), _of_python(failure, form)


def _warning(form: Form) -> str:
    if form.json:
        told = {"timestamp": form.time, "level": "WARN", "message": _WARNING, "logger": "root"}
        return json.dumps({**told, "requestId": ""})
    return f"[WARNING]\t{form.time}\t\t{_WARNING}"


def _of_python(failure: Failure, form: Form) -> str:
    if form.json:
        return json.dumps({"timestamp": form.time, "level": "ERROR", **_error(failure, "stackTrace")})
    lines = [f"[ERROR] {failure.type}: {failure.message}", "Traceback (most recent call last):"]
    lines += [line for part in failure.stack for line in part.splitlines()]
    return IN_ONE_EVENT.join(line for text in lines for line in text.splitlines())


def _of_node(failure: Failure, form: Form) -> str:
    if form.json:
        message = _error(failure, "stackTrace")
        return json.dumps({"timestamp": form.time, "level": "ERROR", "message": message})
    return f"{form.time}\tundefined\tERROR\tUncaught Exception \t{json.dumps(_error(failure, 'stack'))}"


def _error(failure: Failure, stack: str) -> dict[str, object]:
    return {"errorType": failure.type, "errorMessage": failure.message, stack: list(failure.stack)}


def _init_report(kind: str, form: Form, init_ms: float) -> str:
    if form.json:
        metrics = {"durationMs": round(init_ms, 3)}
        record = {"phase": "invoke", "status": "error", "errorType": kind, "metrics": metrics}
        return _platform("platform.initReport", {"initializationType": "on-demand", **record}, form)
    return f"INIT_REPORT Init Duration: {init_ms:.2f} ms\tPhase: invoke\tStatus: error\tError Type: {kind}"


def _platform(kind: str, record: dict[str, object], form: Form) -> str:
    return json.dumps({"time": form.time, "type": kind, "record": record})
