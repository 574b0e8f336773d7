"""A handler that raises keeps its execution environment, as in Lambda; MiniStack 1.5.33 starts another.

That start costs most of a second, so a caller whose four attempts fail waited for four of them. (Lambda
developer guide, "Understanding the Lambda execution environment lifecycle": a timeout or a crash ends it.)
"""

from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime

RAISED = 'json.dumps({"status": "error", "error": str(e), "trace": traceback.format_exc()})'
_MARK = "patchbay_raised"
_MARKED = f'json.dumps({{"status": "ok", "{_MARK}": True, "error": str(e), "trace": traceback.format_exc()}})'


def install() -> None:
    """The worker reports what a handler raised as an answer, so it is kept; the caller sees the error."""
    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    if RAISED not in script:
        raise RuntimeError(
            "MiniStack's worker reports errors in another way than patchbay.local.warm_workers knows"
        )
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(RAISED, _MARKED)
    lambda_runtime.Worker.invoke = _with_errors(lambda_runtime.Worker.invoke)


def _with_errors(invoke: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def invoke_with_errors(*arguments: Any, **named: Any) -> dict[str, Any]:
        answer = invoke(*arguments, **named)
        if answer.pop(_MARK, False):
            answer["status"] = "error"
        return answer

    return invoke_with_errors
