"""One thing broken, all checks looking."""

from patchbay.doctor.model import Check, Finding, Scene, Status
from patchbay.doctor.run import examine


def reported(scene: Scene) -> dict[str, list[Finding]]:
    """Every WARN and FAIL of all checks, by the check's id."""
    found = {
        result.check.id: [each for each in result.findings if each.status in (Status.WARN, Status.FAIL)]
        for result in examine(scene)
    }
    return {check: findings for check, findings in found.items() if findings}


def alone(check: Check, scene: Scene) -> Finding:
    """The one thing that is wrong: asserts that this check reports it, and no other anything."""
    found = reported(scene)
    assert list(found) == [check.id], found
    (finding,) = found[check.id]
    assert finding.fix
    return finding


def reasons(check: Check, scene: Scene) -> list[str]:
    """Why it skips what it skips."""
    return [each.sentence for each in check.look(scene) if each.status is Status.SKIPPED]
