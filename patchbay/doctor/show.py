"""What the doctor found, for people and as data."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from patchbay import output
from patchbay.doctor.model import Finding, Mend, Status
from patchbay.doctor.run import Result
from patchbay.doctor.steps import steps
from patchbay.lint.model import shown

_STYLES = {Status.FAIL: "red", Status.WARN: "yellow", Status.SKIPPED: "dim", Status.PASS: "green"}
_MOST_SKIPPED = 3
"""Places that were skipped for one reason, of which the rest is counted: --json has them all."""


def results(found: Sequence[Result], notes: Sequence[str] = ()) -> None:
    """The table, then what is not as it should be and what to do; the worst at the end, where it is seen."""
    _table(found)
    _not_looked_at(found)
    for worst in (Status.WARN, Status.FAIL):
        for result in found:
            if _told(result) and min(_told(result), key=_severity).status is worst:
                _details(result)
    missing = sorted({finding.right for result in found for finding in result.findings if finding.right})
    if missing:
        output.heading("your credentials lack")
        output.line(f"  {', '.join(missing)}")
    output.line()
    for note in notes:
        output.line(note, "dim")
    output.line(summary(found), _STYLES[min((r.status for r in found), key=tuple(_STYLES).index)])


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
        output.beside(((f"  {number}. ", ""),), ((mend.sentence, ""),))


def _table(found: Sequence[Result]) -> None:
    """Without its last column where the terminal has no room for it: the details below have it all."""
    wide = max(len(result.check.title) for result in found)
    counts = [_counts(result.findings) for result in found]
    fits = not output.is_live() or 8 + wide + 2 + max(map(len, counts)) <= output.width()
    for result, count in zip(found, counts, strict=True):
        title = f"{result.check.title:<{wide}}  " if fits else result.check.title
        output.beside(
            ((f"{result.status:<8}", _STYLES[result.status]),), ((title, ""), (count * fits, "dim"))
        )


def _not_looked_at(found: Sequence[Result]) -> None:
    """By reason: one thing that is gone leaves many checks with nothing to look at."""
    reasons: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for result in found:
        for finding in result.findings:
            if finding.status is Status.SKIPPED:
                reasons[finding.sentence].append((result.check.id, finding.place.label))
    if reasons:
        output.heading("not looked at, by reason")
    for reason, skipped in reasons.items():
        checks, places = (list(dict.fromkeys(names)) for names in zip(*skipped, strict=True))
        where = f"{shown(places, _MOST_SKIPPED)} ({', '.join(checks)})"
        output.beside((("  SKIPPED  ", "dim"),), ((f"{reason}: {where}", "dim"),))


def _details(result: Result) -> None:
    output.heading(f"{result.check.title} ({result.check.id})")
    for finding in _told(result):
        _finding(finding)
    output.beside((("  ", ""),), ((f"why it matters: {result.check.why}", "dim"),))
    output.line(f"  {result.check.link}", "dim")


def _finding(finding: Finding) -> None:
    status = (f"  {finding.status}  ", _STYLES[finding.status])
    output.beside((status,), ((f"{finding.place.label}: ", "bold"), (finding.sentence, "")))
    for number, step in enumerate(steps(finding.fix)):
        lead = ("        " if number else "   fix  ", "")
        if step.is_command:
            output.pieces((lead, (step.text, "cyan")))
        else:
            output.beside((lead,), ((step.text, ""),))


def _told(result: Result) -> list[Finding]:
    """The worst first."""
    told = [finding for finding in result.findings if finding.status in (Status.FAIL, Status.WARN)]
    return sorted(told, key=_severity)


def _severity(finding: Finding) -> int:
    return tuple(_STYLES).index(finding.status)


def _counts(findings: Sequence[Finding]) -> str:
    counted = Counter(finding.status for finding in findings)
    if len(counted) == 1 and len(findings) > 1 and Status.PASS in counted:
        return f"{len(findings)} looked at"
    if len(findings) == 1:
        return findings[0].place.label if findings[0].status is not Status.SKIPPED else ""
    return ", ".join(f"{counted[status]} {status}" for status in _STYLES if counted[status])


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
