"""What a test reads of other processes: their groups, and the addresses that they listen on (Linux)."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

_LISTEN = "0A"


def group(leader: int) -> set[int]:
    """The living processes of a group; zombies are dead."""
    return {pid for pid in _pids() if _stat(pid)[1:] == (leader, True)}


def children(pid: int) -> set[int]:
    """The living processes that `pid` started."""
    return {other for other in _pids() if _stat(other)[0] == pid and _stat(other)[2]}


def listening(pids: set[int]) -> set[str]:
    """The addresses, as hexadecimal digits, on which these processes accept connections."""
    inodes = {inode for pid in pids for inode in _sockets(pid)}
    found = set()
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = row.split()
            if fields[3] == _LISTEN and fields[9] in inodes:
                found.add(fields[1].partition(":")[0])
    return found


def until(is_so: Callable[[], object], seconds: float = 10) -> bool:
    """Whether it comes to be so in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def kill_group(leader: int) -> None:
    """For the end of a test that failed."""
    if group(leader):
        os.killpg(leader, signal.SIGKILL)


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _stat(pid: int) -> tuple[int, int, bool]:
    """Parent, group, and whether it lives."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0, False
    return int(fields[1]), int(fields[2]), fields[0] not in "ZX"


def _sockets(pid: int) -> set[str]:
    found = set()
    for descriptor in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            target = str(descriptor.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            found.add(target.removeprefix("socket:[").removesuffix("]"))
    return found
