"""Starting and stopping the embedded AWS."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from patchbay.config import Environment
from patchbay.errors import UserError

_START_SECONDS = 30
_STOP_SECONDS = 5
_LOOPBACK = ("127.0.0.1", "localhost")
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""The shell's proxy does not know this machine's loopback."""


@dataclass(frozen=True)
class LocalAws:
    """A running embedded AWS."""

    pid: int
    port: int
    log: str
    """Where the server and the handlers write."""

    @property
    def url(self) -> str:
        """The endpoint of every service."""
        return f"http://127.0.0.1:{self.port}"

    def variables(self, account: str, region: str) -> dict[str, str]:
        """What makes SDKs and the CDK CLI talk to it, with made-up credentials: the key is the account."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": ",".join(dict.fromkeys([*_no_proxy(), *_LOOPBACK])),
        }

    def is_healthy(self) -> bool:
        """Whether it answers."""
        try:
            with _direct.open(f"{self.url}/_ministack/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, http.client.HTTPException):
            return False

    def wait(self) -> None:
        """Returns when it has ended, for whoever started it."""
        _servers[self.pid].wait()

    def stop(self) -> None:
        """Ends the server and every handler it started. Does nothing where it is gone already."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
            try:
                self._wait_for_end()
            finally:  # a second Ctrl-C too
                os.killpg(self.pid, signal.SIGKILL)
        if self.pid in _servers:
            _close(_servers.pop(self.pid))
        Path(self.log).unlink(missing_ok=True)

    def _wait_for_end(self) -> None:
        deadline = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < deadline and _is_alive(self.pid):
            time.sleep(0.02)


@contextlib.contextmanager
def running(environment: Environment, port: int = 0) -> Iterator[LocalAws]:
    """An embedded AWS for the length of a `with` block; it dies with its starter, however that ends."""
    aws = start(environment, port, attached=True)
    try:
        yield aws
    finally:
        aws.stop()


def start(environment: Environment, port: int = 0, *, attached: bool) -> LocalAws:
    """Starts one on 127.0.0.1 with the environment's instances; port 0 takes a free one.

    Raises UserError where it does not come up, with the end of its log.
    """
    log = tempfile.mkstemp(prefix="patchbay-aws-", suffix=".log")
    server = _spawn(port, log, attached)
    _servers[server.pid] = server
    aws = LocalAws(server.pid, port, log[1])
    try:
        aws = replace(aws, port=_port(server, environment, aws))
        _wait(aws)
    except BaseException:  # Ctrl-C too: nobody else knows of it yet
        aws.stop()
        raise
    return aws


def _spawn(port: int, log: tuple[int, str], attached: bool) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "patchbay.local.server", *(["--attached"] if attached else [])]
    with os.fdopen(log[0], "w") as errors:
        return subprocess.Popen(  # noqa: S603 - our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=_environment(port, log[1]),
            start_new_session=True,
        )


def _port(server: subprocess.Popen[str], environment: Environment, aws: LocalAws) -> int:
    """Tells the server which instances to begin with, and takes its port."""
    assert server.stdin is not None
    assert server.stdout is not None
    seeds = [{"arn": str(instance.arn), "alias": instance.alias} for instance in environment.instances]
    with contextlib.suppress(BrokenPipeError):  # it is gone already: the log says why
        server.stdin.write(json.dumps(seeds) + "\n")
        server.stdin.flush()
    answer = server.stdout.readline().strip()
    if not answer:
        last = Path(aws.log).read_text().strip().splitlines()[-1:] or ["no message"]
        if "Address already in use" in last[0]:
            raise UserError(f"port {aws.port} is in use: leave --port out for a free one")
        raise UserError(f"the embedded AWS did not start on port {aws.port or 'any'}: {last[0]}")
    return int(answer)


_servers: dict[int, subprocess.Popen[str]] = {}
"""Open pipes to the servers of this process: closing one ends an attached server."""


def _close(server: subprocess.Popen[str]) -> None:
    """Lets go of the pipes of a server that has ended."""
    server.wait()
    for pipe in (server.stdin, server.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _wait(aws: LocalAws) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not aws.is_healthy():
        if time.monotonic() > deadline:
            raise UserError(f"the embedded AWS on port {aws.port} does not answer after {_START_SECONDS} s")
        time.sleep(0.05)


def _environment(port: int, log: str) -> dict[str, str]:
    """Nothing of the user's AWS settings reaches the server or a handler."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "POWERTOOLS_", "LOG_LEVEL"))}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PATCHBAY_PORT": str(port),
        "PATCHBAY_LOG": log,
        "NO_PROXY": ",".join(_LOOPBACK),
        "no_proxy": ",".join(_LOOPBACK),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "AUTH": "true",
        "AWS_SECRET_ACCESS_KEY": "local",
        "DOCKER_HOST": "unix:///nonexistent/docker.sock",
    }


def _no_proxy() -> list[str]:
    return [host for host in os.environ.get("NO_PROXY", "").split(",") if host]


def _is_alive(pid: int) -> bool:
    server = _servers.get(pid)
    if server is not None:
        return server.poll() is None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
