"""What a handler's first caller waits for: the time to import it, and the size of what Lambda unpacks.

    python -m benchmarks.cold_start [--rounds 15]

Ratios to a bare handler that makes one boto3 client, all in one run: each round starts a new interpreter for
every handler in turn. Ours make their client at the first call, so "ready" adds that of the tables where
there are some. Times are this machine's, on warm files; only the ratios say something about Lambda.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from patchbay import function_folders, output
from patchbay.environments import ROOT
from patchbay.functions import Runtime

Span = tuple[float, float]
"""Seconds until a handler is imported, and until it is ready."""
LAMBDAS = ROOT / "lambdas"
BARE = "bare boto3.client"
_BARE_CODE = """
import boto3

client = boto3.client("dynamodb")


def handler(event, context):
    return {"status": "ok"}
"""
_MEASURE = """
import importlib, json, sys, time
began = time.perf_counter()
module = importlib.import_module(sys.argv[1])
imported = time.perf_counter() - began
if "common.tables" in sys.modules:
    sys.modules["common.tables"]._dynamodb()
ready = time.perf_counter() - began
json.dump([imported, ready], sys.stdout)
"""


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15, help="interpreters started for each handler")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="patchbay-bench-") as folder:
        (Path(folder) / "bare.py").write_text(_BARE_CODE)
        modules = {BARE: "bare", **{name: f"{name}.handler" for name in _python_functions()}}
        times = _rounds(modules, rounds, f"{folder}{os.pathsep}{LAMBDAS}")
    output.table(
        ("handler", "import, ms", "ratio", "ready, ms", "ratio", "asset, KiB"),
        [_row(name, spans, times[BARE]) for name, spans in times.items()],
    )


def _row(name: str, spans: Sequence[Span], bare: Sequence[Span]) -> tuple[str, ...]:
    """Medians, and how they compare with the bare handler's."""
    cells = []
    for part in (0, 1):
        median, other = (statistics.median(span[part] for span in some) for some in (spans, bare))
        cells += [f"{median * 1000:.0f}", f"{median / other:.2f}"]
    size = len(_BARE_CODE.encode() if name == BARE else _asset(name))
    return (name, *cells, f"{size / 1024:.1f}")


def _python_functions() -> list[str]:
    found = function_folders.folders(LAMBDAS)
    return [
        name
        for name in found
        if function_folders.load(LAMBDAS, name, {}, "the benchmark").runtime is Runtime.PYTHON
    ]


def _rounds(modules: Mapping[str, str], rounds: int, path: str) -> dict[str, list[Span]]:
    """Seconds by handler; the first round warms the files and their bytecode, and does not count."""
    times: dict[str, list[Span]] = {name: [] for name in modules}
    for number in range(rounds + 1):
        for name, module in modules.items():
            span = _import(module, path)
            if number:
                times[name].append(span)
    return times


def _import(module: str, path: str) -> Span:
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "AWS_DEFAULT_REGION": "us-west-2",
        "AWS_ACCESS_KEY_ID": "benchmark",
        "AWS_SECRET_ACCESS_KEY": "benchmark",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-c", _MEASURE, module], env=environment, capture_output=True, text=True, check=True
    )
    imported, ready = json.loads(done.stdout)
    return imported, ready


def _asset(function: str) -> bytes:
    """What the stack packs, compressed as Lambda takes it; the layer is the same for all and not in it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for package in (function, "common"):
            for path in sorted((LAMBDAS / package).glob("*.py")):
                file.write(path, str(path.relative_to(LAMBDAS)))
    return archive.getvalue()


if __name__ == "__main__":
    main()
