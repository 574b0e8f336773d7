"""During a release each block of a call may meet another version: they read each other's records."""

import contextlib

from patchbay import scripts
from patchbay.calls import Line
from patchbay.environments import ROOT
from tests.e2e.by_hand import kept, move, publish
from tests.e2e.deployed import Deployed
from tests.e2e.reads import read_live

MOST_CALLS = 30
"""Half of them meet both versions of the password function."""
PLACES = [("us-west-2", function) for function in ("one_time_password", "account_service")]


def test_one_call_goes_across_two_versions_of_every_function_with_records(front_desk: Deployed) -> None:
    line = Line(front_desk.environment, front_desk.instance, front_desk.aws, allow_effects=True)
    wrong_code = scripts.load(str(ROOT / "tests" / "calls" / "wrong_code.call"))
    transfer = scripts.load(str(ROOT / "tests" / "calls" / "transfer.call"))
    with contextlib.ExitStack() as stack:
        for place in PLACES:
            stack.enter_context(kept(front_desk, place))
            candidate = publish(front_desk, place, changed="")
            stable = read_live(front_desk.aws, front_desk.environment, *place).version
            move(front_desk, place, stable, **{f"v{candidate}": 0.5})
        _, missed = scripts.play(transfer, line)
        assert [str(miss) for miss in missed] == []
        for _ in range(MOST_CALLS):
            result, missed = scripts.play(wrong_code, line)
            assert [str(miss) for miss in missed] == []
            met = {call.version for call in result.invocations if "one_time_password" in call.function}
            if len(met) > 1:
                break
        assert len(met) > 1
