"""The embedded AWS as a process: `python -m patchbay.local.server`.

Standard input carries one line of JSON, the Connect instances to begin with. The first line on standard
output is the port. With `--attached` the process ends when its standard input closes, so that it never
outlives who started it.
"""

import asyncio
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


def main() -> None:
    """Serves until SIGTERM or SIGINT, then takes every process of its group along."""
    # MiniStack's own messages belong into the log; handlers inherit both streams.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    seeds = json.loads(sys.stdin.readline())
    # Before there is anything to remove: a busy port ends it here.
    listener = socket.create_server(("127.0.0.1", int(os.environ.get("PATCHBAY_PORT", "0"))))
    scratch = tempfile.mkdtemp(prefix="patchbay-aws-")
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    port = listener.getsockname()[1]
    os.environ["GATEWAY_PORT"] = str(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        asyncio.run(_serve(listener, seeds, lambda: print(port, file=answers, flush=True), scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _end(scratch: str) -> None:
    """Takes every handler along, without waiting for threads that wait for one."""
    shutil.rmtree(scratch, ignore_errors=True)
    # Whoever started it may be gone.
    Path(os.environ["PATCHBAY_LOG"]).unlink(missing_ok=True)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)


async def _serve(
    listener: socket.socket, seeds: list[dict[str, str]], ready: Callable[[], None], scratch: str
) -> None:
    # Imported here: MiniStack reads its port from the environment while it is imported.
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    from patchbay.arns import InstanceArn
    from patchbay.local import connect_api, ministack_hooks
    from patchbay.local.gateway import Gateway

    # MiniStack's level, read by now; handlers would take it for their own.
    os.environ.pop("LOG_LEVEL", None)
    ministack_hooks.install()
    for seed in seeds:
        connect_api.add_instance(InstanceArn.parse(seed["arn"]), seed["alias"])
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.graceful_timeout = 0.5
    stop = _stop_event()
    serving = asyncio.create_task(serve(Gateway(), config, shutdown_trigger=stop.wait))
    ready()
    await serving
    _end(scratch)


def _stop_event() -> asyncio.Event:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if "--attached" in sys.argv:

        def wait_for_starter() -> None:
            sys.stdin.read()
            loop.call_soon_threadsafe(stop.set)

        threading.Thread(target=wait_for_starter, daemon=True).start()
    return stop


if __name__ == "__main__":
    main()
