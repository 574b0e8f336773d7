"""The one-time password on a database: what a flow hears, and what is kept."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from common.tables import table
from one_time_password import codes
from one_time_password.key import key
from one_time_password.store import KEPT_SECONDS
from tests.lambdas.conftest import LogLines
from tests.lambdas.invocations import CONTACT_ID, GOLD_MEMBER, LAMBDAS, STRANGER, invoke
from tests.lambdas.one_time_password.texts import (
    CUSTOMER,
    NOTHING_LEFT,
    NOW,
    SENT,
    UNAVAILABLE,
    VERIFIED,
    Phones,
    another,
    ask,
    records,
    wrong,
)

pytestmark = pytest.mark.usefixtures("stored", "clock")


def test_the_code_comes_as_a_text_to_the_registered_number_and_is_verified(phones: Phones) -> None:
    assert ask("issue") == SENT
    ((number, text),) = phones.texts
    assert number == GOLD_MEMBER
    assert text == f"Your Patchbay code is {phones.code}"
    assert phones.code.isdecimal()
    assert ask("verify", phones.code) == VERIFIED


def test_a_right_code_is_right_once(phones: Phones) -> None:
    ask("issue")
    assert ask("verify", phones.code) == VERIFIED
    assert ask("verify", phones.code) == NOTHING_LEFT


def test_the_third_attempt_is_the_last(phones: Phones) -> None:
    ask("issue")
    bad = another(phones.code)
    assert [ask("verify", bad) for _ in range(3)] == [wrong(2), wrong(1), wrong(0)]
    assert ask("verify", phones.code) == NOTHING_LEFT


def test_the_third_attempt_may_be_right(phones: Phones) -> None:
    ask("issue")
    assert [ask("verify", code) for code in (another(phones.code), None)] == [wrong(2), wrong(1)]
    assert ask("verify", phones.code) == {"verified": "true", "attemptsLeft": "0"}


@pytest.mark.parametrize(
    ("seconds", "answer"), [(299, VERIFIED), (300, NOTHING_LEFT), (90_000, NOTHING_LEFT)]
)
def test_a_code_is_valid_for_five_minutes_whatever_time_to_live_has_deleted(
    phones: Phones, clock: SimpleNamespace, seconds: int, answer: dict[str, str]
) -> None:
    ask("issue")
    clock.now += seconds
    assert ask("verify", phones.code) == answer


def test_a_code_of_another_contact_or_customer_is_wrong(phones: Phones) -> None:
    ask("issue")
    mine = phones.code
    ask("issue", ContactId="another")
    assert ask("verify", mine, ContactId="another") == wrong(2)
    assert ask("verify", mine, customer="C-1002") == wrong(2)
    assert ask("verify", mine, customer=None) == wrong(1)
    assert ask("verify", mine)["verified"] == "true"


def test_without_an_issued_code_nothing_is_verified_and_nothing_stored(phones: Phones) -> None:
    assert ask("verify", "123456") == NOTHING_LEFT
    assert records() == []


@pytest.mark.parametrize(
    ("customer", "caller"),
    [
        ("C-1001", STRANGER),  # says to be somebody, calls from elsewhere
        ("C-1002", GOLD_MEMBER),  # another customer's number
        ("C-9999", GOLD_MEMBER),
        (None, GOLD_MEMBER),
        ("C-1001", None),
        ("C-1001", "anonymous"),
    ],
)
def test_who_is_no_customer_gets_the_answers_of_one_and_no_text(
    phones: Phones, customer: str | None, caller: str | None
) -> None:
    who = {"customer": customer, "caller": caller}
    assert ask("state", **who) == {"issued": "false"}
    assert [ask("issue", **who), ask("issue", **who)] == [SENT, SENT]
    assert phones.texts == []
    assert ask("state", **who) == {"issued": "true"}
    assert [ask("verify", "123456", **who) for _ in range(4)] == [wrong(2), wrong(1), wrong(0), NOTHING_LEFT]


@pytest.mark.parametrize("caller", [STRANGER, GOLD_MEMBER], ids=["a stranger", "one code too many"])
def test_a_code_that_was_made_and_not_sent_is_wrong(
    phones: Phones, caller: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODES_PER_HOUR", "1")
    monkeypatch.setattr(codes, "fresh", lambda: "123456")
    ask("issue", ContactId="another")
    assert ask("issue", caller=caller) == SENT
    assert len(phones.texts) == 1
    assert ask("verify", "123456", caller=caller) == wrong(2)


def test_a_decoys_record_looks_like_any_other(phones: Phones) -> None:
    ask("issue")
    ask("issue", customer="C-9999", ContactId="another")
    one, other = records()
    assert {key: type(value) for key, value in one.items()} == {
        key: type(value) for key, value in other.items()
    }
    assert len(one["seal"]) == len(other["seal"])


def test_a_number_in_the_parameter_goes_before_the_callers(phones: Phones) -> None:
    raw = {"operation": "issue", "customerId": "C-1002", "phoneNumber": "+1 416 555 0022"}
    event = {"Details": {"ContactData": {"ContactId": "chat"}, "Parameters": raw}}
    assert invoke("one_time_password", event)["sent"] == "true"
    assert phones.texts[0][0] == "+14165550022"


def test_the_state_is_about_a_code_that_is_still_valid(phones: Phones, clock: SimpleNamespace) -> None:
    assert ask("state") == {"issued": "false"}
    ask("issue")
    assert ask("state") == {"issued": "true"}
    assert ask("state", ContactId="another") == {"issued": "false"}
    clock.now += 300
    assert ask("state") == {"issued": "false"}


@pytest.mark.parametrize("operation", ["issue", "verify", "state"])
def test_a_database_that_refuses_is_an_informational_error(
    phones: Phones, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.cache_clear()
    monkeypatch.setenv("TABLE_ONE_TIME_PASSWORDS", "no-such-table")
    assert ask(operation, "123456") == UNAVAILABLE
    assert phones.texts == []


def test_without_the_key_nothing_is_stored_or_sent(
    phones: Phones, monkeypatch: pytest.MonkeyPatch, log_lines: LogLines
) -> None:
    key.cache_clear()
    monkeypatch.setenv("KEY_ARN", "no-such-secret")
    assert [ask("issue"), ask("verify", "123456")] == [UNAVAILABLE] * 2
    assert (records(), phones.texts) == ([], [])
    assert log_lines()[1]["cause"] == "ResourceNotFoundException"
    monkeypatch.setenv("KEY_ARN", "patchbay-test-one_time_password")
    assert ask("issue") == SENT


@pytest.mark.parametrize("operation", ["resend", "Issue"])
def test_another_operation_is_an_informational_error(phones: Phones, operation: str) -> None:
    assert ask(operation) == {"status": "error", "errorType": "unknownOperation", "retryable": "false"}


def test_a_record_holds_no_code_and_outlives_the_contact(phones: Phones) -> None:
    ask("issue")
    (record,) = records()
    assert record["seal"] == codes.seal(key(), CONTACT_ID, CUSTOMER, phones.code)
    assert {name: record[name] for name in record.keys() - {"seal"}} == {
        "password_id": f"code#{CONTACT_ID}",
        "attempts": 0,
        "valid_until": NOW + 300,
        "expires_at": NOW + KEPT_SECONDS,
    }


@pytest.mark.parametrize("missing", ["seal", "valid_until", "attempts"])
def test_a_record_that_lacks_something_verifies_nobody(phones: Phones, missing: str) -> None:
    ask("issue")
    (record,) = records()
    table("one_time_passwords").put_item(Item={name: record[name] for name in record.keys() - {missing}})
    assert ask("verify", phones.code) == NOTHING_LEFT


def test_no_code_number_or_seal_is_in_a_log_line_or_an_answer(phones: Phones, log_lines: LogLines) -> None:
    answers: list[Any] = [ask("issue")]
    answers += [ask("verify", another(phones.code)), ask("verify", phones.code), ask("state")]
    phones.refuses = RuntimeError(phones.code, GOLD_MEMBER)
    with pytest.raises(Exception, match=r"^RuntimeError at \S+ in _sent$"):
        ask("issue", ContactId="another")
    written = json.dumps([log_lines(), answers])
    secret = [phones.code, another(phones.code), GOLD_MEMBER[2:], *(record["seal"] for record in records())]
    assert [word for word in secret if word in written] == []


def test_the_event_that_warms_up_a_version_is_harmless_and_answered(phones: Phones) -> None:
    (path,) = (LAMBDAS / "one_time_password" / "events" / "warm_up").glob("*.json")
    assert invoke("one_time_password", json.loads(path.read_text())) == {"status": "ok", "issued": "false"}
    assert records() == []
