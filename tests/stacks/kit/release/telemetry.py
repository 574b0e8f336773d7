"""CloudWatch Logs and CloudWatch in memory, and what Lambda leaves there of each invocation.

The clients are boto3's own (tests/stacks/kit/aws.py), so requests and answers have AWS's shapes.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from release.evidence import Clients, Window
from tests.stacks.kit.aws import client
from tests.stacks.kit.release.services import FUNCTION, LOG_GROUP, Count, Event, Services

_event, _count = lru_cache(20_000)(Event), lru_cache(20_000)(Count)
"""Releases that are simulated again and again have the same lines and counts."""

LIMIT_SECONDS = 3.0

IMPORT_ERROR = "Runtime.ImportModuleError"


@dataclass
class Telemetry(Services):
    """What one function's invocations leave. Times: epoch seconds; an invocation gives its request id."""

    format: str = "text"
    """`text` or `json`: the log format of Lambda's own lines."""
    split: bool = True
    """The alias leads to two versions: only then there are metrics per version."""
    requests: int = 0
    """So many invocations there were."""

    def clients(self) -> Clients:
        """Whoever asks last has the wire."""
        return Clients(client("logs", self), client("cloudwatch", self), lambda: self.now)

    def window(self, since: float, until: float, *versions: str, source: str | None = None) -> Window:
        """Of this function."""
        named = versions or ("8", "7")
        return Window(FUNCTION, LOG_GROUP, named, since, until, LIMIT_SECONDS, source)

    # What invocations do

    def ok(
        self, version: str, contact: str | None, at: float, *, took: float = 0.05, init: float = 0.0
    ) -> str:
        """An answer that Connect takes. `init` seconds went before the start."""
        return self._decorated(version, contact, at, "ok", took=took, init=init)

    def business_error(self, version: str, contact: str, at: float) -> str:
        """An answer that names an error on purpose."""
        return self._decorated(version, contact, at, "error")

    def raised(self, version: str, contact: str | None, at: float) -> str:
        """The handler raised."""
        return self._decorated(version, contact, at, "raised", error=True)

    def refused(self, version: str, contact: str, at: float) -> str:
        """The decorator raised on an answer that Connect would refuse."""
        return self._decorated(version, contact, at, "refused", error=True)

    def late(self, version: str, contact: str, at: float) -> str:
        """Lambda saw a success, but initialization and answer together took longer than the block waits."""
        return self.ok(version, contact, at, took=1.0, init=LIMIT_SECONDS - 1.0)

    def timed_out(self, version: str, contact: str, at: float, *, report: bool = True) -> str:
        """Killed at the limit; without `report` as long as Lambda has not told."""
        return self._killed(version, contact, at, LIMIT_SECONDS, "timeout", "", report)

    def out_of_memory(self, version: str, contact: str, at: float, *, report: bool = True) -> str:
        """Killed at once."""
        return self._killed(version, contact, at, 0.2, "error", "Runtime.OutOfMemory", report)

    def failed_init(self, version: str, at: float) -> str:
        """The version's module does not import: no line of the decorator."""
        request, stream = self._request(version)
        self.line(stream, at, f"[ERROR] {IMPORT_ERROR}: Unable to import module 'lookup.handler'")
        self._init_report(stream, at, 0.15, "error", IMPORT_ERROR)
        self._start(request, version, stream, at)
        self._report(request, stream, at + 0.2, 0.2, 0.0, "error", IMPORT_ERROR)
        self.count(version, at, error=True)
        return request

    def slow_init(self, version: str, contact: str, at: float) -> str:
        """Initialization was cut off after 10 s; the second try, as part of the request, went well."""
        stream = self._request(version)[1]
        self._init_report(stream, at - 0.1, 9.99, "timeout", "")
        return self._decorated(version, contact, at, "ok", stream=stream)

    def undecorated(self, version: str, at: float, *, error: bool = False, status: bool = False) -> str:
        """A handler without the decorator. Only Lambda's own lines; `status`: with an error in REPORT."""
        request, stream = self._request(version)
        self._start(request, version, stream, at)
        self._report(request, stream, at + 0.05, 0.05, 0.0, "error" if status else "success", "")
        self.count(version, at, error=error)
        return request

    def throttled(self, at: float, number: int = 1) -> None:
        """No line, and no version."""
        self.counts.append(Count(at, "Throttles", None, number))

    # What is written

    def line(self, stream: str, at: float, message: str) -> None:
        """Any line."""
        self.events.append(_event(at + self.skew, stream, message))

    def count(self, version: str, at: float, *, error: bool = False) -> None:
        """Lambda's metrics of one invocation through the alias."""
        for name, value in (("Invocations", 1), ("Errors", int(error))):
            self.counts += [_count(at, name, which, value) for which in (None, *([version] * self.split))]

    def _request(self, version: str) -> tuple[str, str]:
        self.requests += 1
        number = self.requests
        return f"request-{number}", f"2027/01/15/[{version}]{number:032x}"

    def _decorated(
        self,
        version: str,
        contact: str | None,
        at: float,
        outcome: str,
        *,
        took: float = 0.05,
        init: float = 0.0,
        error: bool = False,
        stream: str = "",
    ) -> str:
        request, fresh = self._request(version)
        stream = stream or fresh
        self._start(request, version, stream, at)
        self.ours(request, version, contact, stream, at)
        end = {"outcome": outcome, "duration_ms": took * 1000}
        self.ours(request, version, contact, stream, at + took, **end)
        self._report(request, stream, at + took, took, init, "error" if error else "success", "")
        self.count(version, at, error=error)
        return request

    def _killed(
        self, version: str, contact: str, at: float, took: float, status: str, error: str, report: bool
    ) -> str:
        request, stream = self._request(version)
        self._start(request, version, stream, at)
        self.ours(request, version, contact, stream, at)
        if report:
            self._report(request, stream, at + took, took, 0.0, status, error)
        self.count(version, at, error=True)
        return request

    def ours(
        self, request: str, version: str, contact: str | None, stream: str, at: float, **end: object
    ) -> None:
        """A line of the decorator; with `end` the second one."""
        names = {"contact_id": contact, "request_id": request, "function_version": version}
        told = {key: value for key, value in names.items() if value is not None}
        message = "invocation" if end else "invocation started"
        self.line(stream, at, json.dumps({"level": "INFO", "message": message, **told, **end}))

    def _start(self, request: str, version: str, stream: str, at: float) -> None:
        if self.format == "json":
            self._platform(stream, at, "platform.start", requestId=request, version=version)
        else:
            self.line(stream, at, f"START RequestId: {request} Version: {version}\n")

    def _report(
        self, request: str, stream: str, at: float, took: float, init: float, status: str, error: str
    ) -> None:
        if self.format == "json":
            metrics = {"durationMs": took * 1000, "billedDurationMs": 100, "memorySizeMB": 256}
            metrics |= {"initDurationMs": init * 1000} if init else {}
            about = {"status": status, **({"errorType": error} if error else {})}
            self._platform(stream, at, "platform.report", requestId=request, metrics=metrics, **about)
            return
        columns = [
            f"REPORT RequestId: {request}",
            f"Duration: {took * 1000:.2f} ms",
            "Billed Duration: 100 ms",
        ]
        columns += ["Memory Size: 256 MB", "Max Memory Used: 70 MB"]
        columns += [f"Init Duration: {init * 1000:.2f} ms"] * bool(init)
        columns += [f"Status: {status}"] * (status != "success") + [f"Error Type: {error}"] * bool(error)
        self.line(stream, at, f"END RequestId: {request}\n")
        self.line(stream, at, "\t".join(columns) + "\t\n")

    def _init_report(self, stream: str, at: float, took: float, status: str, error: str) -> None:
        if self.format == "json":
            about = {"initializationType": "on-demand", "phase": "init", "status": status}
            about |= {"errorType": error} if error else {}
            metrics = {"durationMs": took * 1000}
            self._platform(stream, at, "platform.initReport", **about, metrics=metrics)
            return
        columns = [f"INIT_REPORT Init Duration: {took * 1000:.2f} ms", "Phase: init", f"Status: {status}"]
        self.line(stream, at, "\t".join([*columns, *([f"Error Type: {error}"] if error else [])]) + "\n")

    def _platform(self, stream: str, at: float, kind: str, **record: object) -> None:
        time = datetime.fromtimestamp(at, UTC).isoformat()
        self.line(stream, at, json.dumps({"time": time, "type": kind, "record": record}))
