"""Blocks of contacts of which only some entries were read."""

from typing import Any

import pytest

from patchbay.explain import asking_lambda
from patchbay.explain.attempts import attempts
from patchbay.explain.case import Kind
from patchbay.explain.investigation import FunctionLog, Investigation
from patchbay.explain.model import Entry
from patchbay.live.model import Read
from tests import few_samples
from tests.explain.cases import FACTS
from tests.explain.logs import FAILED, NOON, decorated, entry, request


def _explained(monkeypatch: pytest.MonkeyPatch, *, whole: bool) -> list[Kind]:
    """Four failed blocks of one contact, 7 s each; in between there were prompts, perhaps."""
    entries: list[Entry] = []
    lines = []
    for number in range(4):
        at = NOON + number * 8
        name = f"r{number}"
        lines += request(name, 7000, decorated(name, outcome="ok", duration_ms=7000), at=at)
        entries.append(entry(at + 7, FAILED, limit=8000))
    log = FunctionLog(attempts(lines), Read(len(lines)))
    monkeypatch.setattr(asking_lambda, "facts", lambda *_: FACTS)
    monkeypatch.setattr(Investigation, "_log", lambda *_: log)
    nothing: Any = None
    (found,) = Investigation(few_samples.load("local"), nothing, nothing, NOON + 99_999).explain(
        [entries], whole=whole
    )
    return [block.cause.kind for block in found if block.cause]


def test_functions_without_a_prompt_between_them_are_known_only_where_every_entry_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _explained(monkeypatch, whole=True)[-1] is Kind.CHAIN_LIMIT
    assert Kind.CHAIN_LIMIT not in _explained(monkeypatch, whole=False)
