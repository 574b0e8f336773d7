"""What the caller heard as silence, and what that is based on."""

from patchbay.explain.case import Case, Silence
from patchbay.explain.model import Entry
from patchbay.explain.silence import before, silence
from tests.explain.cases import case
from tests.explain.logs import FAILED, NOON, entry, request


def _silence(found: Case, *entries: Entry) -> Silence | None:
    return silence(found, entries or (found.entry,))


def test_lambdas_own_account_comes_first() -> None:
    found = _silence(case([*request("r1", 500), *request("r2", 700, at=NOON + 0.6, init=300)]))
    assert found == Silence(1500, "Duration and Init Duration of 2 requests")


def test_connect_does_not_wait_longer_than_the_limit() -> None:
    found = _silence(case(request("r1", 5000)))
    assert found is not None
    assert (found.ms, found.at_most) == (3000, False)


def test_a_request_without_an_end_kept_the_caller_for_the_limit_at_most() -> None:
    found = _silence(case(request("r1", 5000)[:1]))
    assert found is not None
    assert (found.ms, found.at_most) == (3000, True)


def test_without_a_log_the_entries_around_bound_it() -> None:
    block = case()
    prompt, end = entry(NOON, kind="PlayPrompt"), entry(NOON + 4, kind="Disconnect")
    assert _silence(block, prompt, block.entry, end) == Silence(
        4000, "from the entry before to the entry after", True
    )
    assert _silence(block, block.entry) is None


def test_a_prompt_ends_a_chain() -> None:
    first, second, third = entry(NOON), entry(NOON + 1), entry(NOON + 3, FAILED)
    prompt, check = entry(NOON + 2, kind="PlayPrompt"), entry(NOON + 0.5, kind="CheckAttribute")
    assert before([first, check, second, third], third) == (first, second)
    assert before([first, second, prompt, third], third) == ()
