"""What a deploy leaves behind is as it should be."""

from patchbay.doctor.model import Status
from tests.e2e.doctor.conftest import Doctor


def test_on_a_healthy_deployment_every_check_passes(doctor: Doctor) -> None:
    results = doctor.examine()
    odd = {r.check.id: [f for f in r.findings if f.status is not Status.PASS] for r in results}
    assert {check: findings for check, findings in odd.items() if findings} == {}
