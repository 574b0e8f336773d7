"""Which embedded AWS runs for this project: one small file each under `.patchbay/`."""

import json
from dataclasses import asdict
from pathlib import Path

from patchbay.errors import UserError
from patchbay.local.process import LocalAws

_FOLDER = ".patchbay"


def record(root: Path, aws: LocalAws) -> None:
    """Remembers a started one."""
    folder = root / _FOLDER
    folder.mkdir(exist_ok=True)
    _file(root, aws.port).write_text(json.dumps(asdict(aws)))


def forget(root: Path, aws: LocalAws) -> None:
    """After it ended."""
    _file(root, aws.port).unlink(missing_ok=True)


def running(root: Path) -> tuple[LocalAws, ...]:
    """Those that answer; the files of others (a reboot, a kill) are removed."""
    found = []
    for path in sorted((root / _FOLDER).glob("local-*.json")):
        aws = _read(path)
        if aws is not None and aws.is_healthy():
            found.append(aws)
        else:
            path.unlink(missing_ok=True)
    return tuple(found)


def choose(root: Path, port: int | None = None) -> LocalAws:
    """The one that runs, or the one on `port`. Raises UserError where that is none, or not clear."""
    candidates = [aws for aws in running(root) if port in (None, aws.port)]
    if not candidates:
        where = f" on port {port}" if port else ""
        raise UserError(f"no embedded AWS runs{where}: start one with `make local` or `patchbay local start`")
    if len(candidates) > 1:
        ports = ", ".join(str(aws.port) for aws in candidates)
        raise UserError(
            f"more than one embedded AWS runs, on ports {ports}: choose with `patchbay local ... --port N`, "
            'point this shell at one with eval "$(patchbay local env --port N)", '
            "or end them with `patchbay local stop --all`"
        )
    return candidates[0]


def _read(path: Path) -> LocalAws | None:
    """None where the file is gone, half written, or of another version of Patchbay."""
    try:
        return LocalAws(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _file(root: Path, port: int) -> Path:
    return root / _FOLDER / f"local-{port}.json"
