"""What the read commands cost in a large environment: `python -m benchmarks.read_commands`.

An environment of 100 functions in two Regions with one instance and 2,000 flow-log entries, before an AWS in
this process that answers each request after 50 ms, all the way through botocore but for the connection. What
each command does between its options and its output runs once: how many requests of each operation; the
seconds it took, and what the same requests take at least one after the other; and the most requests that
arrived within any second in one account and Region, which must not be more than the rate that AWS publishes
(patchbay/limits.py), or for Connect, rate and burst. Exits with 1 if so. Takes about two minutes; results
and what they say: docs/benchmarks.md.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.read_world.busiest import Busiest, busiest
from benchmarks.read_world.canned_aws import CannedAws, Sent
from benchmarks.read_world.commands import COMMANDS
from benchmarks.read_world.deployment import answers, environment
from benchmarks.read_world.logs import Logs
from patchbay import output
from patchbay.config import Environment


@dataclass(frozen=True)
class Run:
    """One command, once."""

    name: str
    sent: Sequence[Sent]
    seconds: float
    serial_seconds: float
    """What its requests take at least one after the other: their latencies."""
    busiest: Sequence[Busiest]

    @property
    def exceeded(self) -> str:
        """What AWS would have throttled; empty: nothing."""
        return ", ".join(f"{one.service} {one.operations}" for one in self.busiest if one.exceeded)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints two tables for each command, then one of all."""
    asked = _parser().parse_args(arguments)
    os.environ |= {"AWS_ACCESS_KEY_ID": "benchmark", "AWS_SECRET_ACCESS_KEY": "benchmark"}
    of, runs = environment(asked.functions), []
    for name in asked.command or COMMANDS:
        runs.append(_run(name, of, asked.latency))
        _show(runs[-1])
    _show_all(runs)
    sys.exit(1 if any(run.exceeded for run in runs) else 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--functions", type=int, default=100, help="in each Region, from 10 on (100)")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds to each answer (0.05)")
    parser.add_argument("--command", choices=list(COMMANDS), action="append", help="may be repeated (all)")
    return parser


def _run(name: str, of: Environment, latency: float) -> Run:
    logs = Logs(of, time.time())
    aws = CannedAws(of, {**answers(of), "FilterLogEvents": logs.answer}, latency)
    started = time.monotonic()
    COMMANDS[name](of, aws)
    seconds = time.monotonic() - started
    return Run(name, aws.sent, seconds, len(aws.sent) * latency, tuple(busiest(aws.sent)))


def _show(run: Run) -> None:
    counts = Counter((one.service, one.operation) for one in run.sent)
    output.heading(f"{run.name}: requests")
    output.table(
        ("service", "operation", "requests"),
        [(service, operation, str(count)) for (service, operation), count in sorted(counts.items())],
    )
    output.heading(f"{run.name}: most requests within any second, in one account and Region")
    output.table(
        ("service", "operations", "most", "allowed", ""),
        [
            (one.service, one.operations, str(one.most), f"{one.allowed:g}", "EXCEEDED" * one.exceeded)
            for one in run.busiest
        ],
    )


def _show_all(runs: Sequence[Run]) -> None:
    output.heading("all")
    output.table(
        ("command", "requests", "one after the other", "as the tools do it", "above the rate"),
        [
            (
                run.name,
                str(len(run.sent)),
                f"{run.serial_seconds:.1f} s",
                f"{run.seconds:.1f} s",
                run.exceeded or "-",
            )
            for run in runs
        ],
    )


if __name__ == "__main__":
    main()
