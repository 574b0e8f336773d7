"""The embedded AWS as a process: `python -m patchbay.local.server`.

Standard input carries one line of JSON, the Connect instances to begin with. The first line on standard
output is the port. With `--attached` the process ends when its standard input closes, so that it never
outlives who started it.
"""

import asyncio
import gc
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

_KEEP_ALIVE_SECONDS = 75
"""As MiniStack's own server has it."""


def main() -> None:
    """Serves until SIGTERM, SIGINT or the end of its starter, then takes every process of its group along."""
    # MiniStack's own messages belong into the log; handlers inherit both streams.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    seeds = json.loads(sys.stdin.readline())
    # Before there is anything to remove: a busy port ends it here.
    listener = socket.create_server(("127.0.0.1", int(os.environ.get("PATCHBAY_PORT", "0"))))
    scratch = tempfile.mkdtemp(prefix="patchbay-aws-")
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    _end_in_time(lambda: _end(scratch))
    port = listener.getsockname()[1]
    os.environ["GATEWAY_PORT"] = str(port)
    try:
        asyncio.run(_serve(listener, seeds, lambda: print(port, file=answers, flush=True)))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _end_in_time(end: Callable[[], None]) -> None:
    """At once, not gracefully: threads may wait for a handler that sleeps, and nothing here outlives it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end())
    if "--attached" in sys.argv:

        def wait_for_starter() -> None:
            sys.stdin.read()
            end()

        threading.Thread(target=wait_for_starter, daemon=True).start()


def _end(scratch: str) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
    # Whoever started it may be gone.
    Path(os.environ["PATCHBAY_LOG"]).unlink(missing_ok=True)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


async def _serve(listener: socket.socket, seeds: list[dict[str, str]], ready: Callable[[], None]) -> None:
    # What is imported stays: to look through it for garbage takes a fifth of the start.
    gc.disable()
    # Imported here: MiniStack reads its port from the environment while it is imported.
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    from patchbay.arns import InstanceArn
    from patchbay.local import connect_api, ministack_hooks
    from patchbay.local.gateway import Gateway

    # MiniStack's level, read by now; handlers would take it for their own.
    os.environ.pop("LOG_LEVEL", None)
    ministack_hooks.install()
    gc.freeze()
    gc.enable()
    for seed in seeds:
        connect_api.add_instance(InstanceArn.parse(seed["arn"]), seed["alias"])
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    # Closed late: a busy machine is late with a request, and one that meets the closing is lost with it.
    config.keep_alive_timeout = _KEEP_ALIVE_SECONDS
    config.keep_alive_max_requests = sys.maxsize
    never = asyncio.Event().wait  # without it, hypercorn would take the signals
    serving = asyncio.create_task(serve(Gateway(), config, shutdown_trigger=never))
    ready()
    await serving


if __name__ == "__main__":
    main()
