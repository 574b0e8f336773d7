"""When a text goes out, and when none does."""

from types import SimpleNamespace

import pytest

from one_time_password.logic import NotSent
from tests.lambdas.invocations import STRANGER
from tests.lambdas.one_time_password.texts import (
    NOTHING_LEFT,
    SENT,
    UNAVAILABLE,
    VERIFIED,
    Phones,
    another,
    ask,
    wrong,
)

pytestmark = pytest.mark.usefixtures("stored", "clock")


def test_a_repeated_issue_sends_nothing_again_and_leaves_the_code_as_it_is(phones: Phones) -> None:
    assert [ask("issue") for _ in range(4)] == [SENT] * 4
    assert len(phones.texts) == 1
    assert ask("verify", phones.code) == VERIFIED


def test_a_repeated_issue_gives_no_further_attempts_and_no_further_code(
    phones: Phones, clock: SimpleNamespace
) -> None:
    ask("issue")
    for _ in range(3):
        ask("verify", another(phones.code))
    assert ask("issue") == SENT
    clock.now += 3_600
    assert ask("issue") == SENT
    assert len(phones.texts) == 1
    assert ask("verify", phones.code) == NOTHING_LEFT


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_text_that_was_refused_may_be_sent_by_a_repeated_issue(
    phones: Phones, clock: SimpleNamespace, seconds: int
) -> None:
    phones.refuses = NotSent("Throttled")
    assert [ask("issue"), ask("issue")] == [UNAVAILABLE] * 2
    assert ask("state") == {"issued": "false"}
    phones.refuses = None
    clock.now += seconds
    assert ask("issue") == SENT
    assert len(phones.texts) == 1
    assert ask("verify", phones.code) == VERIFIED


def test_after_an_attempt_that_died_while_it_sent_nothing_is_sent_again(phones: Phones) -> None:
    phones.refuses = RuntimeError()
    with pytest.raises(Exception, match="RuntimeError"):
        ask("issue")
    phones.refuses = None
    assert ask("state") == {"issued": "true"}
    assert ask("issue") == SENT
    assert phones.texts == []


def test_a_customer_gets_five_codes_an_hour_and_the_same_answers_after_that(
    phones: Phones, clock: SimpleNamespace
) -> None:
    clock.now -= clock.now % 3_600
    contacts = [f"contact-{number}" for number in range(7)]
    assert [ask("issue", ContactId=contact) for contact in contacts] == [SENT] * 7
    assert len(phones.texts) == 5
    assert ask("verify", phones.code, ContactId=contacts[4])["verified"] == "true"
    assert ask("verify", "123456", ContactId=contacts[6]) == wrong(2)
    assert ask("issue", customer="C-1002", caller="+14165550022", ContactId="other customer") == SENT
    assert phones.texts[-1][0] == "+14165550022"
    clock.now += 3_600
    ask("issue", ContactId="an hour later")
    assert len(phones.texts) == 7


def test_texts_that_were_refused_do_not_count(phones: Phones) -> None:
    phones.refuses = NotSent("InternalError")
    assert [ask("issue", ContactId=f"contact-{number}") for number in range(6)] == [UNAVAILABLE] * 6
    phones.refuses = None
    ask("issue")
    assert len(phones.texts) == 1


def test_callers_who_are_no_customers_use_up_nobodys_codes(phones: Phones) -> None:
    for number in range(6):
        ask("issue", caller=STRANGER, ContactId=f"contact-{number}")
    ask("issue")
    assert len(phones.texts) == 1
