"""What reading a large environment costs: `python -m benchmarks.read_commands`.

An environment of 100 functions in two Regions with one instance, before an AWS in this process that answers
each request after 50 ms. How many requests of each operation; how long with one after the other, and as the
tools do it, both at the rates that AWS publishes (patchbay/limits.py); and the most requests that arrived
within any second, which must not be more than the rate, or for Connect, rate and burst. Exits with 1 if so.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.read_world.canned_aws import CannedAws, Sent
from benchmarks.read_world.deployment import answers, environment
from patchbay import output
from patchbay.config import Environment
from patchbay.limits import Rate
from patchbay.live import reading
from patchbay.live.pace import rate_of

Command = Callable[[Environment, CannedAws, int | None], object]
"""Reads with so many requests at once; None: as the tools do."""


def _doctor(of: Environment, aws: CannedAws, at_once: int | None) -> object:
    return reading.read(of, aws, at_once=at_once)


def _doctor_all_flows(of: Environment, aws: CannedAws, at_once: int | None) -> object:
    return reading.read(of, aws, at_once=at_once, other_flows=True)


COMMANDS: dict[str, Command] = {"doctor": _doctor, "doctor --all-flows": _doctor_all_flows}


@dataclass(frozen=True)
class Run:
    """One command, once."""

    sent: Sequence[Sent]
    seconds: float


@dataclass(frozen=True)
class Busiest:
    """Of the requests that share a rate."""

    service: str
    operations: str
    most: int
    """Within any second, in one account and Region."""
    allowed: float

    @property
    def exceeded(self) -> bool:
        """Whether AWS would have throttled."""
        return self.most > self.allowed


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints three tables for each command."""
    asked = _parser().parse_args(arguments)
    os.environ |= {"AWS_ACCESS_KEY_ID": "benchmark", "AWS_SECRET_ACCESS_KEY": "benchmark"}
    of, exceeded = environment(asked.functions), False
    for name in asked.command or COMMANDS:
        ours = _run(COMMANDS[name], of, asked.latency, None)
        serial = None if asked.ours else _run(COMMANDS[name], of, asked.latency, 1)
        busiest = list(_busiest(ours.sent))
        exceeded |= any(one.exceeded for one in busiest)
        _show(name, ours, serial, busiest)
    sys.exit(1 if exceeded else 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--functions", type=int, default=100, help="in each of the two Regions (100)")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds to each answer (0.05)")
    parser.add_argument("--command", choices=list(COMMANDS), action="append", help="may be repeated (all)")
    parser.add_argument("--ours", action="store_true", help="leave out one after the other")
    return parser


def _run(command: Command, of: Environment, latency: float, at_once: int | None) -> Run:
    aws = CannedAws(of, answers(of), latency)
    started = time.monotonic()
    command(of, aws, at_once)
    return Run(aws.sent, time.monotonic() - started)


def _busiest(sent: Iterable[Sent]) -> Iterable[Busiest]:
    times: dict[tuple[str, str, str, str], list[float]] = defaultdict(list)
    rates: dict[tuple[str, str], Rate] = {}
    for one in sent:
        shared, rate = rate_of(one.service, one.operation)
        if rate is not None:
            rates[one.service, shared] = rate
            times[one.service, shared, one.region, one.account].append(one.at)
    for (service, shared), rate in sorted(rates.items()):
        most = max(_in_a_second(at) for key, at in times.items() if key[:2] == (service, shared))
        allowed = rate.per_second + (rate.burst if rate.burst > 1 else 0)
        yield Busiest(service, shared or "all others" if service != "connect" else "all", most, allowed)


def _in_a_second(times: list[float]) -> int:
    times.sort()
    return max(sum(start <= at < start + 1 for at in times[first:]) for first, start in enumerate(times))


def _show(name: str, ours: Run, serial: Run | None, busiest: Sequence[Busiest]) -> None:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for one in ours.sent:
        counts[one.service, one.operation] += 1
    output.heading(f"{name}: requests")
    rows = [(service, operation, str(count)) for (service, operation), count in sorted(counts.items())]
    output.table(("service", "operation", "requests"), [*rows, ("all", "", str(len(ours.sent)))])
    output.heading(f"{name}: most requests within any second, in one account and Region")
    output.table(
        ("service", "operations", "most", "allowed", ""),
        [(b.service, b.operations, str(b.most), f"{b.allowed:g}", "EXCEEDED" * b.exceeded) for b in busiest],
    )
    output.heading(f"{name}: seconds")
    after = [("one after the other", f"{serial.seconds:.1f}")] if serial else []
    output.table(("how", "seconds"), [*after, ("as the tools do it", f"{ours.seconds:.1f}")])


if __name__ == "__main__":
    main()
