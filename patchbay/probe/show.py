"""The plan before, and the answers after: as text, as a table, as an object."""

import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from patchbay import output
from patchbay.probe.answers import AsAssumed, Finding
from patchbay.probe.clock import EMBEDDED, REAL
from patchbay.probe.site import Site
from patchbay.probe.things import Thing

EMBEDDED_NOTES = (
    "these are the embedded AWS's answers (MiniStack's, and moto's Connect): a real account settles them;",
    f"what comes late was awaited for {EMBEDDED.readable:.0f} s here, and is for {REAL.readable:.0f} s there",
)
COLUMNS = ("question", "answer", "evidence", "as assumed")
_SHARES = (0.31, 0.24, 0.45)
"""Of the width that is left beside the last column and the gaps."""
_GAP = 2
_MOST_COLUMNS = 140
_STYLES = {AsAssumed.YES: "", AsAssumed.NO: "red", AsAssumed.UNKNOWN: "yellow"}


def plan(site: Site, found: Sequence[Thing], *, embedded: bool) -> Iterator[str]:
    """What will be made, used and removed."""
    where = " and ".join(site.regions)
    environment = site.environment
    yield f"environment {environment.name}, account {environment.account}, instance {site.instance.name}:"
    yield f"  {site.arn}"
    if found:
        yield "  first      removes what an earlier run left:"
    for thing in found:
        yield f"             {thing.label}"
    yield f"  makes      IAM role {site.name}, which may write its own log"
    yield f"  makes      log group {site.log_group} in {where}"
    yield f"  makes      Lambda function {site.name}"
    yield f"             in {where}, with versions, aliases and permissions"
    yield "  invokes    that function, about 20 times"
    yield f"  associates it with instance {site.instance.name}, and takes that back"
    yield f"  publishes  contact flow {site.name} there, and deletes it"
    yield "  removes    all of it at the end; touches nothing that it did not make"
    yield f"  takes      {'half a minute' if embedded else 'two to eight minutes; costs less than a cent'}"


def as_dict(
    site: Site, findings: Sequence[Finding], left: Sequence[str], *, embedded: bool
) -> dict[str, object]:
    """What --json prints."""
    return {
        "environment": site.environment.name,
        "account": site.environment.account,
        "instance": str(site.arn),
        "regions": list(site.regions),
        "embedded": embedded,
        "note": " ".join(EMBEDDED_NOTES) if embedded else None,
        "answers": [_one(finding) for finding in findings],
        "left": list(left),
    }


def _one(finding: Finding) -> dict[str, object]:
    question, answer = finding.question, finding.answer
    return {
        "id": question.id,
        "question": question.asked,
        "how": question.how,
        "assumed": question.assumed,
        "answer": answer.text,
        "evidence": answer.evidence,
        "as_assumed": str(answer.as_assumed),
    }


def answers(findings: Sequence[Finding], *, embedded: bool) -> None:
    """The table: wrapped on a terminal, one line for each question elsewhere."""
    if sys.stdout.isatty():
        width = min(shutil.get_terminal_size((100, 24)).columns, _MOST_COLUMNS)
        for text, style in wrapped(findings, width):
            output.line(text, style)
    else:
        output.table(COLUMNS, [_cells(finding) for finding in findings])
    counts = Counter(finding.answer.as_assumed for finding in findings)
    output.line()
    output.line(
        f"as the design assumes: {counts[AsAssumed.YES]} yes, {counts[AsAssumed.NO]} no, "
        f"{counts[AsAssumed.UNKNOWN]} unknown; docs/probe.md says what each means"
    )
    for note in EMBEDDED_NOTES if embedded else ():
        output.note(note)


def wrapped(findings: Sequence[Finding], width: int) -> Iterator[tuple[str, str]]:
    """Lines no longer than `width`, each with its style."""
    last = len(COLUMNS[-1])
    room = width - last - _GAP * (len(COLUMNS) - 1)
    widths = [*(int(room * share) for share in _SHARES), last]
    yield _joined(COLUMNS, widths), "dim"
    for finding in findings:
        cells = [textwrap.wrap(cell, at) or [""] for cell, at in zip(_cells(finding), widths, strict=True)]
        for row in range(max(len(cell) for cell in cells)):
            parts = [cell[row] if row < len(cell) else "" for cell in cells]
            yield _joined(parts, widths), _STYLES[finding.answer.as_assumed]
        yield "", ""


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    return (" " * _GAP).join(f"{cell:<{at}}" for cell, at in zip(cells, widths, strict=True)).rstrip()


def _cells(finding: Finding) -> tuple[str, str, str, str]:
    answer = finding.answer
    return finding.question.asked, answer.text, " ".join(answer.evidence.split()), str(answer.as_assumed)
