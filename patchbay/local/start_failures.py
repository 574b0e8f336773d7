"""Why a worker does not start: MiniStack 1.5.33 keeps the text of the error alone, Lambda names its type.

The types, and what counts as which, are those of the runtimes' interface clients: for Python
aws-lambda-python-runtime-interface-client (bootstrap.py, `_get_handler`), for Node.js
aws-lambda-nodejs-runtime-interface-client (UserFunction.js).
"""

import json
import subprocess
from collections.abc import Callable
from typing import Any

from patchbay.local.failure_lines import EXIT_ERROR, Failure

_MARK = "patchbay start failure: "
_PATIENCE_SECONDS = 2.0
"""For a process that closed its output already."""

PYTHON_REPORTS = 'json.dumps({"status": "error", "error": str(e)})'
"""Where the Python worker reports that its handler could not be loaded."""
_PYTHON_TELLS = PYTHON_REPORTS.replace(
    "str(e)", '_patchbay_failure(e, module_name, handler_name, "mod" in locals())'
)
PYTHON_HELPER = f"""
def _patchbay_failure(error, module, handler, imported):
    import json, traceback
    kind, text, stack = type(error).__name__, str(error), []
    if not imported and isinstance(error, ImportError):
        kind, text = "Runtime.ImportModuleError", f"Unable to import module '{{module}}': {{text}}"
    elif not imported and isinstance(error, SyntaxError):
        kind, text = "Runtime.UserCodeSyntaxError", f"Syntax error in module '{{module}}': {{text}}"
        stack = [f'  File "{{error.filename}}" Line {{error.lineno}}\\n    {{error.text}}']
    elif imported and isinstance(error, AttributeError):
        kind, text = "Runtime.HandlerNotFound", f"Handler '{{handler}}' missing on module '{{module}}'"
    else:
        stack = traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    return {_MARK!r} + json.dumps([kind, text, stack])
"""

NODE_REPORTS = {
    'status: "error", error: e.message\n': 'status: "error", error: _patchbayFailure(e)\n',
    "error: `Handler ${handlerName} is not a function in ${modPath}`": (
        "error: _patchbayFailure(null, `${modPath}.${handlerName} is undefined or not exported`)"
    ),
}
"""Where the worker of Node.js does, and what it tells instead."""
NODE_HELPER = f"""
function _patchbayFailure(error, missing) {{
  const stack = String(error?.stack ?? "").split("\\n");
  let told = [String(error?.name || "Error"), String(error?.message ?? error), stack];
  if (missing) told = ["Runtime.HandlerNotFound", missing, []];
  else if (/MODULE_NOT_FOUND$/.test(error?.code)) told = ["Runtime.ImportModuleError", String(error), stack];
  else if (error instanceof SyntaxError) told = ["Runtime.UserCodeSyntaxError", String(error), stack];
  return {_MARK!r} + JSON.stringify(told);
}}
"""

Replace = Callable[[str, str, str], str]


class NotStarted(RuntimeError):
    """A worker that is of no use. Without a failure its process ended by itself."""

    def __init__(self, failure: Failure | None, status: int | None) -> None:
        super().__init__(failure.message if failure else EXIT_ERROR)
        self.failure = failure
        self.status = status


def telling_python(script: str, replace: Replace) -> str:
    """The worker's script, which says what Lambda's runtime would."""
    return PYTHON_HELPER + replace(script, PYTHON_REPORTS, _PYTHON_TELLS)


def telling_node(script: str, replace: Replace) -> str:
    """The same for Node.js."""
    for reported, told in NODE_REPORTS.items():
        script = replace(script, reported, told)
    return NODE_HELPER + script


def with_reason(spawn: Callable[[Any], None]) -> Callable[[Any], None]:
    """A worker that does not start says why, by raising NotStarted."""

    def spawn_with_reason(worker: Any) -> None:
        try:
            spawn(worker)
        except RuntimeError as error:
            marked = str(error).partition(_MARK)[2]
            if marked:
                kind, text, stack = json.loads(marked)
                raise NotStarted(Failure(kind, text, tuple(stack)), None) from error
            if str(error).startswith("Worker process exited immediately"):
                raise NotStarted(None, exit_status(worker._proc)) from error
            raise

    return spawn_with_reason


def exit_status(process: "subprocess.Popen[str] | None") -> int | None:
    """Of a process that ends or has ended; None where it does not, or there is none."""
    try:
        return process.wait(_PATIENCE_SECONDS) if process else None
    except subprocess.TimeoutExpired:
        return None
