"""The end of the demo: a failure that is made, explained, found and mended."""

import pytest

from patchbay.doctor.scene import not_asked_for
from patchbay.local.trouble_demo import show_trouble
from tests.e2e.deployed import Deployed


def test_the_demo_explains_the_failure_it_makes_and_mends_it(
    deployed: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    templates = not_asked_for(deployed.environment)
    show_trouble(deployed.environment, deployed.aws, templates, "tutorial")
    shown = capsys.readouterr().out
    assert "cause    access denied: Lambda did not let Connect invoke" in shown
    assert "FAIL  tutorial in us-west-2 for americas" in shown
    assert shown.rstrip().endswith("now: 1 skipped, 22 passed")
