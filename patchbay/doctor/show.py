"""What the doctor found, for people and as data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from patchbay import output
from patchbay.doctor.model import Finding, Mend, Status
from patchbay.doctor.run import Result

_STYLES = {Status.FAIL: "red", Status.WARN: "yellow", Status.SKIPPED: "dim", Status.PASS: "green"}
_MOST_SKIPPED = 3
"""Reasons why one check was skipped, of which the rest is counted."""


def results(found: Sequence[Result], note: str = "") -> None:
    """The table, then what is not as it should be, with what to do about it; last, one line that counts."""
    wide = max(len(result.check.title) for result in found)
    for result in found:
        counts = _counts(result.findings)
        output.pieces(
            ((f"{result.status:<8}", _STYLES[result.status]), (f"{result.check.title:<{wide}}  ", ""), counts)
        )
    for result in found:
        _details(result)
    missing = sorted({finding.right for result in found for finding in result.findings if finding.right})
    if missing:
        output.heading("your credentials lack")
        output.line(f"  {', '.join(missing)}")
    output.line()
    output.line(summary(found), _STYLES[min((r.status for r in found), key=tuple(_STYLES).index)])
    if note:
        output.note(note)


def summary(found: Iterable[Result]) -> str:
    """How many checks ended how: `21 passed, 1 FAIL`."""
    counted = Counter(result.status for result in found)
    words = {Status.FAIL: "FAIL", Status.WARN: "WARN", Status.SKIPPED: "skipped", Status.PASS: "passed"}
    return ", ".join(f"{counted[status]} {word}" for status, word in words.items() if counted[status])


def as_data(found: Iterable[Result]) -> list[dict[str, Any]]:
    """`--json`: each check with all of its findings."""
    return [
        {
            **{key: str(getattr(result.check, key)) for key in ("id", "title", "why", "fix", "link")},
            "status": str(result.status),
            "findings": [_finding_data(finding) for finding in result.findings],
        }
        for result in found
    ]


def plan(mends: Sequence[Mend]) -> None:
    """What `--fix` would do."""
    output.heading("can be mended here")
    for number, mend in enumerate(mends, start=1):
        output.line(f"  {number}. {mend.sentence}")


def _details(result: Result) -> None:
    told = [finding for finding in result.findings if finding.status in (Status.FAIL, Status.WARN)]
    skipped = [finding for finding in result.findings if finding.status is Status.SKIPPED]
    if not told and not skipped:
        return
    output.heading(f"{result.check.title} ({result.check.id})")
    for finding in told:
        status = (f"  {finding.status}  ", _STYLES[finding.status])
        output.pieces((status, (f"{finding.place.label}: ", "bold"), (finding.sentence, "")))
        output.line(f"        {finding.fix}", "cyan")
    for finding in skipped[:_MOST_SKIPPED]:
        output.line(f"  SKIPPED  {finding.place.label}: {finding.sentence}", "dim")
    if len(skipped) > _MOST_SKIPPED:
        output.line(f"  and {len(skipped) - _MOST_SKIPPED} more were skipped: --json has them all", "dim")
    if told:
        output.line(f"  why it matters: {result.check.why}", "dim")
        output.line(f"  {result.check.link}", "dim")


def _counts(findings: Sequence[Finding]) -> tuple[str, str]:
    counted = Counter(finding.status for finding in findings)
    if len(counted) == 1 and len(findings) > 1 and Status.PASS in counted:
        return f"{len(findings)} looked at", "dim"
    if len(findings) == 1:
        return findings[0].place.label if findings[0].status is not Status.SKIPPED else "", "dim"
    return ", ".join(f"{counted[status]} {status}" for status in _STYLES if counted[status]), "dim"


def _finding_data(finding: Finding) -> dict[str, Any]:
    places = ("function", "region", "instance", "flow", "stack")
    return {
        "status": str(finding.status),
        "place": {key: value for key in places if (value := getattr(finding.place, key))},
        "sentence": finding.sentence,
        **({"fix": finding.fix} if finding.fix else {}),
        **({"missing_right": finding.right} if finding.right else {}),
        **({"mend": finding.mend.sentence} if finding.mend else {}),
    }
