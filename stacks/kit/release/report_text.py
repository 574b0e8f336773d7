"""A report as Markdown: the outcome first, then what it rests on. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]


def markdown(report: Json) -> str:
    """Of what `release.report.report` made."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Json) -> Iterator[str]:
    yield f"# {report['function']} version {report['candidate']}: {report['outcome']}"
    yield ""
    if report["why"]:
        yield f"- Why: {report['why']}"
    if report["callers"]:
        yield f"- Callers are on {report['callers']}"
    yield f"- Stable version: {report['stable'] or 'not known'}; Region: {report['region']}"
    yield f"- Started {report['started']}, last move {report['ended'] or 'none'}"
    yield f"- Release {report['release']}"
    yield from _evidence(report["evidence"], report["baseline"], report["bounds"])
    yield from _moves(report["moves"])
    yield from ("", "## Not seen", "")
    yield from (f"- {sentence}" for sentence in report["unseen"])


def _evidence(evidence: Json, baseline: Json | None, bounds: Json | None) -> Iterator[str]:
    yield from ("", f"## Evidence (from {evidence['source'] or 'nothing: no call was counted'})", "")
    yield from ("| Version | Contacts | Failed |", "|---|---:|---:|")
    for label, key in (
        ("candidate, before promotion", "candidate"),
        ("stable, at the same time", "stable"),
        ("candidate, after promotion", "watched"),
    ):
        yield f"| {label} | {evidence[key]['seen']} | {evidence[key]['failed']} |"
    if baseline:
        yield ""
        yield (
            f"The stable version is taken to fail {baseline['rate']:.1%} ({baseline['contacts']} contacts "
            f"of history); looked for: {baseline['bad']:.0%} or more."
        )
    if bounds:
        yield (
            f"Of its bound (100 % decides): passes {bounds['passed']:.0%}, worse than history "
            f"{bounds['worse_than_history']:.0%}, worse than stable {bounds['worse_than_stable']:.0%}; "
            f"clean contacts missing to pass: {bounds['needed']}."
        )


def _moves(moves: list[Json]) -> Iterator[str]:
    yield from ("", "## Moves", "")
    if not moves:
        yield "None."
        return
    yield from ("| When (UTC) | Phase | Calls to the candidate | Why |", "|---|---|---:|---|")
    for move in moves:
        why = str(move["why"]).replace("|", "\\|").replace("\n", " ")
        yield f"| {move['at'][:19]} | {move['phase']} | {move['weight']:.1%} | {why} |"
