"""A handler that raises keeps its execution environment, as in Lambda; MiniStack 1.5.33 starts another.

That start costs most of a second, so a caller whose four attempts fail waited for four of them. (Lambda
developer guide, "Understanding the Lambda execution environment lifecycle": a timeout or a crash ends it.)
And the caller is told the class of the error, which MiniStack leaves out. Where a worker does not start, or
ends, caller and log are told what Lambda tells them.
"""

import time
from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from patchbay.local import failure_lines, log_events, start_failures
from patchbay.local.failure_lines import Failure, Form
from patchbay.local.start_failures import NotStarted

_MARK = "patchbay_raised"

RAISED = 'json.dumps({"status": "error", "error": str(e), "trace": traceback.format_exc()})'
_MARKED = (
    f'json.dumps({{"status": "ok", "{_MARK}": type(e).__name__, "error": str(e), '
    '"trace": traceback.format_exc()})'
)

RAISED_IN_NODE = {
    'status: "error", error: String(err.message || err), trace: err.stack || ""': "err",
    'status: "error", error: e.message, trace: e.stack': "e",
}
"""Where Node.js's worker reports a rejected promise, and what a handler throws at once; its name there."""


DIED = "Worker process died"
"""MiniStack's words for a worker that ended while it had a request."""


class _Message(str):
    """What an error said; its class beside it."""

    error_type: str


def install() -> None:
    """The worker reports what a handler raised as an answer, so it is kept; the caller sees the error."""
    python = _replaced(lambda_runtime._PYTHON_WORKER_SCRIPT, RAISED, _MARKED)
    lambda_runtime._PYTHON_WORKER_SCRIPT = start_failures.telling_python(python, _replaced)
    node = lambda_runtime._NODEJS_WORKER_SCRIPT
    for reported, thrown in RAISED_IN_NODE.items():
        node = _replaced(node, reported, _marked_in_node(thrown))
    lambda_runtime._NODEJS_WORKER_SCRIPT = start_failures.telling_node(node, _replaced)
    lambda_runtime.Worker._spawn = _kept(start_failures.with_reason(lambda_runtime.Worker._spawn))
    lambda_runtime.Worker.invoke = _with_errors(lambda_runtime.Worker.invoke)
    log_events.install()
    lambda_svc._execute_function_warm = _with_types(lambda_svc._execute_function_warm)


def _replaced(script: str, old: str, new: str) -> str:
    if script.count(old) != 1:
        raise RuntimeError(
            "MiniStack's worker reports errors in another way than patchbay.local.warm_workers knows"
        )
    return script.replace(old, new)


def _marked_in_node(thrown: str) -> str:
    """Anything can be thrown there, and an error's name is a property like any other."""
    return (
        f'status: "ok", {_MARK}: String({thrown}?.name || "Error"), '
        f'error: String({thrown}?.message ?? {thrown}), trace: String({thrown}?.stack ?? "")'
    )


def _kept(spawn: Callable[[Any], None]) -> Callable[[Any], None]:
    """The worker knows its process when MiniStack has let go of it, for the exit status."""

    def spawn_and_keep(worker: Any) -> None:
        spawn(worker)
        worker.patchbay_process = worker._proc

    return spawn_and_keep


def _with_errors(invoke: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def invoke_with_errors(worker: Any, event: Any, request: str, **named: Any) -> dict[str, Any]:
        began = time.time()
        try:
            answer = invoke(worker, event, request, **named)
        except NotStarted as error:
            return _not_started(worker, request, error, began)
        if error_type := answer.pop(_MARK, None):
            return {**answer, "status": "error", "error": _message(answer["error"], error_type)}
        return _died(worker, request, answer) if answer.get("error") == DIED else answer

    return invoke_with_errors


def _not_started(worker: Any, request: str, error: NotStarted, began: float) -> dict[str, Any]:
    process, worker._proc = worker._proc, None
    lambda_runtime._signal(process)
    lambda_runtime._collect(process, time.monotonic() + lambda_runtime._REAP_GRACE)
    failure = error.failure or failure_lines.exit_of(request, error.status)
    lines = failure_lines.of_start(failure, _form(worker), (time.time() - began) * 1000)
    return {**_failed(failure, lines), "log": worker._drain_stderr_bounded(), "cold_start": True}


def _died(worker: Any, request: str, answer: dict[str, Any]) -> dict[str, Any]:
    failure = failure_lines.exit_of(request, start_failures.exit_status(worker.patchbay_process))
    return {**answer, **_failed(failure, failure_lines.of_exit(failure, _form(worker), request))}


def _failed(failure: Failure, lines: str) -> dict[str, Any]:
    """MiniStack writes the trace into the log, after what the worker wrote."""
    return {"status": "error", "error": _message(failure.message, failure.type), "trace": lines}


def _form(worker: Any) -> Form:
    structured = (worker.config.get("LoggingConfig") or {}).get("LogFormat") == "JSON"
    return Form(str(worker.config.get("Runtime", "")).startswith("nodejs"), structured, time.time())


def _message(text: str, error_type: str) -> _Message:
    message = _Message(text)
    message.error_type = error_type
    return message


def _with_types(execute: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def execute_with_types(*arguments: Any, **named: Any) -> dict[str, Any]:
        result = execute(*arguments, **named)
        body = result.get("body")
        if result.get("error") and isinstance(body, dict):
            message = body.get("errorMessage")
            if isinstance(message, _Message):
                body["errorType"] = message.error_type
        return result

    return execute_with_types
