"""Where the time of `make demo` goes: `python -m benchmarks.demo_split [runs]`.

Each part in seconds (median over the runs) and as a share of the whole. Set-up is measured by
`time make setup` in a fresh clone: it happens before Python can measure anything.
"""

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from patchbay import environments, output
from patchbay.aws import Aws
from patchbay.calls import Caller, Line
from patchbay.local import cdk, process, samples


def main() -> None:
    """Prints one table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    parts: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        _run(parts)
    medians = {part: statistics.median(times) for part, times in parts.items()}
    whole = sum(medians.values())
    output.table(
        ("part", "seconds", "share"),
        [(part, f"{seconds:.2f}", f"{seconds / whole:.0%}") for part, seconds in medians.items()],
    )


def _run(parts: dict[str, list[float]]) -> None:
    def timed(part: str, work: Callable[[], object]) -> None:
        started = time.monotonic()
        work()
        parts[part].append(time.monotonic() - started)

    environment = environments.load("local")
    started = time.monotonic()
    with process.running(environment) as local, tempfile.TemporaryDirectory() as folder:
        parts["start"].append(time.monotonic() - started)
        aws, assembly = Aws(environment, local.url), Path(folder)
        line = Line(environment, environment.instances[0], aws)
        timed("synth", lambda: cdk.synth(environment, local, assembly))
        timed("bootstrap", lambda: cdk.bootstrap(environment, local))
        timed("publish assets", lambda: cdk.publish(environment, local, assembly))
        timed("deploy", lambda: cdk.deploy(environment, local, assembly))
        timed("sample data", lambda: samples.load(environment, aws))
        timed("first call (cold)", lambda: line.call("tutorial", Caller()))
        timed("second call (warm)", lambda: line.call("tutorial", Caller()))


if __name__ == "__main__":
    main()
