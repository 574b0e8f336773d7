"""Answers that a flow can branch on."""

import pytest

from common.answers import failure, success
from common.response import ResponseType, refusal


def test_a_failure_names_its_type_and_whether_to_try_again() -> None:
    assert failure("accountBusy", retryable=True) == {
        "status": "error",
        "errorType": "accountBusy",
        "retryable": "true",
    }
    assert failure("unknownCustomer", retryable=False)["retryable"] == "false"


def test_extra_values_never_hide_the_status() -> None:
    assert failure("x", retryable=False, status="ok")["status"] == "error"
    assert success(status="error", found="true") == {"status": "ok", "found": "true"}


@pytest.mark.parametrize("answer", [failure("x", retryable=True, hint="later"), success(found="true")])
def test_both_fit_a_string_map(answer: dict[str, object]) -> None:
    assert refusal(answer, ResponseType.STRING_MAP) is None
