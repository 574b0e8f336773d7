"""Node.js handlers in one process that answers many events, as a warm execution environment does."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.lambdas.invocations import LAMBDAS

_RUNNER = Path(__file__).parent / "runner.mjs"
_ANSWER = "\0"
"""Begins the line that ends an invocation; the lines before it are the handler's own."""
CONTEXT = {"awsRequestId": "request-1", "functionVersion": "7"}
"""What Lambda passes beside the event, as far as the handlers read it."""


@dataclass(frozen=True)
class Failure:
    """What was thrown."""

    type: str
    message: str
    printed: str
    """With its stack and every property, hidden ones too."""


@dataclass(frozen=True)
class Answer:
    """One invocation: an answer or an error, and what went to standard output meanwhile."""

    value: Any
    error: Failure | None
    log_lines: tuple[str, ...]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The log lines, parsed."""
        return [json.loads(line) for line in self.log_lines]


class EnvironmentEnded(Exception):
    """The process is gone, and this is what it had written."""

    def __init__(self, exit_code: int, log_lines: tuple[str, ...]) -> None:
        super().__init__(exit_code, log_lines)
        self.exit_code, self.log_lines = exit_code, log_lines


class NodeHandler:
    """A handler in a process of its own, for the length of a `with`."""

    def __init__(
        self,
        function: str | Path | None,
        environment: Mapping[str, str] | None = None,
        export: str = "handler",
    ) -> None:
        """`function` is a folder under lambdas/ or the path of a module; None: only `call` has a meaning."""
        node = shutil.which("node")
        assert node is not None
        path = LAMBDAS / function / "handler.mjs" if isinstance(function, str) else function
        self._command = [node, str(_RUNNER), *([str(path), export] if path else [])]
        self._environment = {"PATH": str(Path(node).parent), **(environment or {})}

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self._environment,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def invoke(
        self,
        raw: object,
        context: Mapping[str, object] | None = CONTEXT,
        environment: Mapping[str, str] | None = None,
    ) -> Answer:
        """The event's way through the handler; `environment` holds from this invocation on.

        Raises EnvironmentEnded where the handler took the process along.
        """
        return self._ask({"raw": raw, "context": context, "environment": environment or {}})

    def call(self, module: str, export: str, *arguments: object) -> Answer:
        """What a function of `module`, a path below lambdas/, gives for these arguments."""
        return self._ask({"module": str(LAMBDAS / module), "name": export, "arguments": arguments})

    def _ask(self, request: dict[str, object]) -> Answer:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        lines: list[str] = []
        while not (line := self._line(lines)).startswith(_ANSWER):
            lines.append(line.rstrip("\n"))
        reply = json.loads(line[1:])
        error = Failure(**reply["error"]) if "error" in reply else None
        return Answer(reply.get("value"), error, tuple(lines))

    def _line(self, before: list[str]) -> str:
        assert self._process.stdout is not None
        if line := self._process.stdout.readline():
            return line
        raise EnvironmentEnded(self._process.wait(), tuple(before))
