"""All checks on one scene."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patchbay.doctor.checks import CHECKS
from patchbay.doctor.model import Check, Finding, Place, Scene, Status

_WORST = (Status.FAIL, Status.WARN, Status.SKIPPED, Status.PASS)


@dataclass(frozen=True)
class Result:
    """What one check found; at least one finding."""

    check: Check
    findings: tuple[Finding, ...]

    @property
    def status(self) -> Status:
        """The worst of its findings; what was skipped is worse than what passed."""
        return min((finding.status for finding in self.findings), key=_WORST.index)


def examine(scene: Scene, checks: Iterable[Check] = CHECKS) -> tuple[Result, ...]:
    """Each check with what it found."""
    return tuple(Result(check, _findings(check, scene)) for check in checks)


def exit_code(results: Sequence[Result]) -> int:
    """0, or 1 where something is a FAIL."""
    return int(any(result.status is Status.FAIL for result in results))


def _findings(check: Check, scene: Scene) -> tuple[Finding, ...]:
    found = tuple(check.look(scene))
    return found or (Finding(Status.SKIPPED, Place(), "this environment has nothing of the kind"),)
