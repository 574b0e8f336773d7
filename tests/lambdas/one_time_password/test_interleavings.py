"""Attempts in any order, also one within another: Connect gave up while the first was still at work."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from one_time_password.logic import NotSent
from one_time_password.store import TablesOfPasswords
from tests.lambdas.one_time_password.texts import NOW, Phones, another, ask

pytestmark = pytest.mark.usefixtures("stored")

ISSUE, REFUSED, RIGHT, WRONG, LATER = (
    "issue",
    "issue without a network",
    "right",
    "wrong",
    "five minutes later",
)
STEPS = st.lists(
    st.tuples(st.sampled_from([ISSUE, REFUSED, RIGHT, RIGHT, WRONG, LATER]), st.booleans()), max_size=9
)
"""What happens, and whether it happens within the step before, after that has read and before it writes."""


@dataclass
class Contact:
    """One contact that lives through the steps."""

    phones: Phones
    clock: SimpleNamespace
    steps: deque[tuple[str, bool]]
    contact_id: str = field(default_factory=lambda: str(uuid4()))
    answers: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def live(self) -> None:
        while self.steps:
            self.next()

    def next(self) -> None:
        step, _ = self.steps.popleft()
        if step == LATER:
            self.clock.now += 300
            return
        self.phones.refuses = NotSent("refused") if step == REFUSED else None
        self.answers.append((step, self.ask(step)))

    def ask(self, step: str) -> dict[str, str]:
        if step in (ISSUE, REFUSED):
            return dict(ask("issue", ContactId=self.contact_id))
        code = self.phones.code if self.phones.texts else "000000"
        return dict(ask("verify", code if step == RIGHT else another(code), ContactId=self.contact_id))

    def interrupted(self) -> None:
        if self.steps and self.steps[0][1]:
            self.next()

    def of(self, *steps: str) -> list[dict[str, str]]:
        return [answer for step, answer in self.answers if step in steps]


@pytest.fixture
def lived(
    phones: Phones, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> Callable[[list[tuple[str, bool]]], Contact]:
    monkeypatch.setenv("CODES_PER_HOUR", "1000000")
    current: list[Contact] = []

    def interrupted_after(name: str) -> None:
        real = getattr(TablesOfPasswords, name)

        def read(self: TablesOfPasswords, key: str) -> Any:
            found = real(self, key)
            current[-1].interrupted()
            return found

        monkeypatch.setattr(TablesOfPasswords, name, read)

    interrupted_after("read")
    interrupted_after("customer_id")

    def live(steps: list[tuple[str, bool]]) -> Contact:
        phones.texts.clear()
        clock.now = NOW
        current.append(Contact(phones, clock, deque(steps)))
        current[-1].live()
        return current[-1]

    return live


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_one_code_goes_out_and_is_verified_once_in_three_attempts(
    lived: Callable[[list[tuple[str, bool]]], Contact], steps: list[tuple[str, bool]]
) -> None:
    contact = lived(steps)
    verified = [answer["verified"] for answer in contact.of(RIGHT, WRONG)]
    assert verified.count("true") <= 1
    assert "true" not in [answer["verified"] for answer in contact.of(WRONG)]
    assert len(contact.phones.texts) <= 1
    if not contact.phones.texts:
        assert "true" not in verified


@pytest.mark.parametrize("attempts", [4, 7])
def test_attempts_at_the_same_time_are_never_more_than_three(
    lived: Callable[[list[tuple[str, bool]]], Contact], attempts: int
) -> None:
    contact = lived([(ISSUE, False), (WRONG, False), *[(WRONG, True)] * (attempts - 1), (RIGHT, False)])
    left = [answer["attemptsLeft"] for answer in contact.of(WRONG)]
    assert sorted(left) == sorted(["2", "1", "0"] + ["0"] * (attempts - 3))
    assert [answer["verified"] for answer in contact.of(RIGHT)] == ["false"]


def test_a_right_code_said_five_times_at_the_same_time_is_verified_once(
    lived: Callable[[list[tuple[str, bool]]], Contact],
) -> None:
    contact = lived([(ISSUE, False), (RIGHT, False), *[(RIGHT, True)] * 4])
    assert sorted(answer["verified"] for answer in contact.of(RIGHT)) == ["false"] * 4 + ["true"]


def test_issues_at_the_same_time_send_one_text(lived: Callable[[list[tuple[str, bool]]], Contact]) -> None:
    contact = lived([(ISSUE, False), *[(ISSUE, True)] * 3, (RIGHT, False)])
    assert contact.of(ISSUE) == [{"sent": "true"}] * 4
    assert len(contact.phones.texts) == 1
    assert contact.of(RIGHT)[0]["verified"] == "true"
