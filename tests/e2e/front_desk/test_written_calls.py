"""Every written call through a deployed flow goes as it is written."""

from pathlib import Path

import pytest

from patchbay import scripts
from patchbay.calls import Line
from patchbay.environments import ROOT
from patchbay.scripts import WrittenCall
from tests.e2e.deployed import Deployed

CALLS = [scripts.load(str(path)) for path in sorted((ROOT / "tests" / "calls").glob("*.call"))]


@pytest.mark.parametrize(
    "written", [call for call in CALLS if call.needs_environment], ids=lambda call: Path(call.path).stem
)
def test_a_written_call_goes_as_it_is_written(front_desk: Deployed, written: WrittenCall) -> None:
    line = Line(
        front_desk.environment, front_desk.instance, front_desk.aws, allow_effects=written.allow_effects
    )
    _, missed = scripts.play(written, line)
    assert [str(miss) for miss in missed] == []
