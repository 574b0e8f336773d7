"""Release rules side by side on one simulated traffic: `python -m benchmarks.release_rules`.

Other tools' rules (settings and sources in `release_world/rules/`) and Patchbay's: `9w`, and `9`, the same
without the watch after promotion. Both run the very code of `release_rule`, with the controller's settings.
docs/release-rule.md shows the figures, each table with the command that prints it.

All figures are over the 24 hours from the start of a release: good candidates rolled back, bad ones not
found, contacts harmed, failed invocations, median hours to the first decision. A promoted candidate serves
all calls, an undecided one keeps its last weight, a rolled-back one serves none. Harmed: contacts that met
the Error branch and would not have on the stable version; failed invocations are counted likewise.

loud: each attempt fails on its own, and Connect repeats it up to three times. bound: a contact carries its
fault through its retries. silent: the response is refused, which Lambda counts as a success. late: silent,
from hour 10 on. outage: both versions fail 30 % for 20 minutes, at a random point of the rule's own median
duration. drift: both fail three times as often as the history shows.

Traffic: steady; bursts (ten times the calls for 10 minutes, about every two hours); day-night (the calls from
8 to 20, 2 an hour at night, the release starts at any time). The same seed gives the same figures, whatever
the number of workers.
"""

import argparse
import math
import os
import shlex
import sys
import time
from collections.abc import Sequence
from multiprocessing import Pool

from benchmarks.release_world.catalogue import chosen
from benchmarks.release_world.measures import TRAFFIC, Cell, Measured, measure
from benchmarks.release_world.scenarios import cells
from benchmarks.release_world.tables import KINDS, Table, needed, tables
from patchbay import output

Key = tuple[str, float, float, str]
Job = tuple[Key, Cell, int, str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables that were asked for, and the command that prints them again."""
    asked = _parser().parse_args(arguments)
    try:
        rules = chosen(asked.rules)
    except KeyError as error:
        _parser().error(error.args[0])
    kinds = asked.table or list(KINDS)
    names = needed(kinds)
    jobs: list[Job] = [
        ((rule, *key), cell, asked.runs, str(asked.seed))
        for rule in rules
        for key, cell in cells(asked.traffic, asked.calls, [rate / 100 for rate in asked.stable]).items()
        if key[-1] in names
    ]
    figures = _measured(jobs, asked.workers)
    for table in (table for kind in kinds for table in tables(kind, figures, rules)):
        _show(table, asked.markdown)
    output.line()
    output.line(f"{asked.runs} releases a cell, {asked.traffic} traffic: {_again(arguments)}")


def _again(arguments: Sequence[str] | None) -> str:
    given = sys.argv[1:] if arguments is None else arguments
    return shlex.join(["python", "-m", "benchmarks.release_rules", *given])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=_count, default=200, help="releases a cell (200)")
    parser.add_argument(
        "--calls", type=_calls, nargs="+", default=[30, 120, 600], help="an hour (30 120 600)"
    )
    parser.add_argument(
        "--stable", type=_percent, nargs="+", default=[1], help="its failure rate in %%, at most 5 (1)"
    )
    parser.add_argument("--rules", nargs="+", default=[], help="by their short names, such as 3b 9w (all)")
    parser.add_argument("--traffic", choices=sorted(TRAFFIC), default="steady")
    parser.add_argument("--table", choices=list(KINDS), action="append", help="may be repeated (all)")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=_count, default=os.cpu_count())
    return parser


def _count(text: str) -> int:
    return int(_within(text, 1, 100_000))


def _calls(text: str) -> float:
    return _within(text, 1, 10_000)


def _percent(text: str) -> float:
    """The mildest bad candidate fails 5 %."""
    return _within(text, 0.01, 5)


def _within(text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if least <= number <= most:
        return number
    raise argparse.ArgumentTypeError(f"{text} is no number from {least:g} to {most:g}")


def _measured(jobs: Sequence[Job], workers: int) -> dict[Key, Measured]:
    figures: dict[Key, Measured] = {}
    started = time.monotonic()
    with Pool(workers) as pool:
        for key, measured in pool.imap_unordered(_work, jobs):
            figures[key] = measured
            if len(figures) % max(len(jobs) // 20, 1) == 0:
                output.note(f"{len(figures)} of {len(jobs)} cells, {time.monotonic() - started:.0f} s")
    return figures


def _work(job: Job) -> tuple[Key, Measured]:
    key, cell, runs, seed = job
    return key, measure(cell, key[0], runs, seed)


def _show(table: Table, markdown: bool) -> None:
    if not markdown:
        output.heading(table.title)
        output.table(table.columns, table.rows)
        return
    output.line(f"\n### {table.title[0].upper()}{table.title[1:]}\n")
    for row in (table.columns, ["---"] * len(table.columns), *table.rows):
        output.line(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
