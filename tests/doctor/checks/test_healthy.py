"""A deployment that is as the configuration says."""

from patchbay.doctor.checks import CHECKS
from patchbay.doctor.run import examine, exit_code
from tests.doctor import scenes
from tests.doctor.checks.alone import reported


def test_nothing_is_reported() -> None:
    assert reported(scenes.healthy()) == {}
    assert exit_code(examine(scenes.healthy())) == 0


def test_every_check_has_an_id_of_its_own() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
