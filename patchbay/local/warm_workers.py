"""A handler that raises keeps its execution environment, as in Lambda; MiniStack 1.5.33 starts another.

That start costs most of a second, so a caller whose four attempts fail waited for four of them. (Lambda
developer guide, "Understanding the Lambda execution environment lifecycle": a timeout or a crash ends it.)
And the caller is told the class of the error, which MiniStack leaves out.
"""

from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

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


class _Message(str):
    """What an error said; its class beside it."""

    error_type: str


def install() -> None:
    """The worker reports what a handler raised as an answer, so it is kept; the caller sees the error."""
    python = _replaced(lambda_runtime._PYTHON_WORKER_SCRIPT, RAISED, _MARKED)
    lambda_runtime._PYTHON_WORKER_SCRIPT = python
    node = lambda_runtime._NODEJS_WORKER_SCRIPT
    for reported, thrown in RAISED_IN_NODE.items():
        node = _replaced(node, reported, _marked_in_node(thrown))
    lambda_runtime._NODEJS_WORKER_SCRIPT = node
    lambda_runtime.Worker.invoke = _with_errors(lambda_runtime.Worker.invoke)
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


def _with_errors(invoke: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def invoke_with_errors(*arguments: Any, **named: Any) -> dict[str, Any]:
        answer = invoke(*arguments, **named)
        if error_type := answer.pop(_MARK, None):
            message = _Message(answer["error"])
            message.error_type = error_type
            answer |= {"status": "error", "error": message}
        return answer

    return invoke_with_errors


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
