"""The preferred Region is out: every call through the front desk still ends where it should."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from patchbay import scripts
from patchbay.calls import Line
from patchbay.environments import ROOT
from patchbay.scripts.written import ChainAtMost, Ends, Hears, SilenceAtMost, Step
from tests.e2e.deployed import Deployed

OUT = {
    "refuses": {"status": 503},
    "hangs": {"delay_ms": 5_000, "error": "Task timed out after 5.00 seconds"},
}
"""How each function of the preferred Region behaves; Lambda ends one that hangs, the longest after 5 s."""

PERSON, FRENCH, CARDS, BILLING = (
    Ends("transferred to queue", f"queue_{name}") for name in ("support", "french", "cards", "billing")
)
GOODBYE = Ends("disconnected by flow", None)

ENDINGS = {
    # Without effects: the fallback Region answers, and nothing changes for the caller.
    "balance": ("Your savings account holds $3018.19", GOODBYE),
    "closed": ("Our office is closed.", GOODBYE),
    "french_member": ("Bonjour et bienvenue.", FRENCH),
    "lost_in_the_menu": ("I am connecting you to a colleague.", PERSON),
    "no_amount": ("I did not get the amount.", GOODBYE),
    "no_payment_token": ("Your bill is $42.00.", BILLING),
    "open_case": ("Hello, Ines Okafor.", BILLING),
    "open_case_in_french": ("Bonjour, Océane Tremblay.", CARDS),
    "order_search": ("You have 2 orders", GOODBYE),
    "stranger_says_nothing": ("I am connecting you to a colleague.", PERSON),
    "stranger_speaks_french": ("Bonjour et bienvenue.", FRENCH),
    # With effects: nothing is carried out elsewhere, a person takes over.
    "block_card": ("I cannot tell whether your card is blocked.", CARDS),
    "not_enough_funds": ("I cannot move money without the code.", PERSON),
    "pay_by_key": ("I cannot tell whether your bill is paid.", BILLING),
    "pay_by_voice": ("I cannot tell whether your bill is paid.", BILLING),
    "second_transfer": ("I cannot move money without the code.", PERSON),
    "transfer": ("I cannot move money without the code.", PERSON),
    "wrong_code": ("I cannot move money without the code.", PERSON),
}
"""What is heard and how each written call through the front desk ends."""


def test_every_written_call_through_the_front_desk_is_here() -> None:
    calls = {path.stem: scripts.load(str(path)) for path in (ROOT / "tests" / "calls").glob("*.call")}
    assert {name for name, call in calls.items() if call.flow == "front_desk"} == set(ENDINGS)


@pytest.mark.parametrize("out", OUT)
@pytest.mark.parametrize("name", ENDINGS)
def test_a_call_ends_where_it_should_through_the_fallback_region(
    front_desk: Deployed, name: str, out: str, tmp_path: Path
) -> None:
    heard, ends = ENDINGS[name]
    broken = tmp_path / "out.json"
    broken.write_text(json.dumps({"$stub": OUT[out]}))
    stubs = [f"{function} in us-west-2={broken}" for function in front_desk.environment.functions]
    line = Line(front_desk.environment, front_desk.instance, front_desk.aws, allow_effects=True)
    call = scripts.load(str(ROOT / "tests" / "calls" / f"{name}.call"))
    result, _ = scripts.play(call, line, stub=stubs)
    expected = (Hears(heard), ends, SilenceAtMost(8), ChainAtMost(20))
    expecting = replace(call, steps=tuple(Step(0, str(what), what) for what in expected))
    missed = scripts.check(expecting, result, front_desk.instance.resources)
    assert [str(miss) for miss in missed] == []
