"""Tables by name, with limits that suit a caller who waits."""

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws

from common import log
from common.tables import TableUnavailable, item, reachable, table
from tests.lambdas.conftest import LogLines, create


def test_a_table_has_the_physical_name_that_the_stack_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE_CUSTOMERS", "patchbay-dev-customers")
    assert table("customers").name == "patchbay-dev-customers"
    assert table("customers") is table("customers")


def test_a_table_without_access_says_where_to_grant_it() -> None:
    with pytest.raises(LookupError, match=r"TABLE_ORDERS is not set: .*function\.toml"):
        table("orders")


@pytest.mark.usefixtures("fresh_client")
def test_calls_are_bounded_in_time_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE_CUSTOMERS", "t")
    config = table("customers").meta.client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (0.5, 1)  # type: ignore[attr-defined]  # not in the stubs
    assert config.retries == {"total_max_attempts": 2, "mode": "standard"}  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (
            ClientError({"Error": {"Code": "AccessDeniedException", "Message": "x"}}, "GetItem"),
            "AccessDeniedException",
        ),
        (ReadTimeoutError(endpoint_url="https://example.com"), "ReadTimeoutError"),
    ],
)
def test_every_botocore_error_is_unavailable_and_its_code_is_logged(
    error: Exception, cause: str, log_lines: LogLines
) -> None:
    with pytest.raises(TableUnavailable, match=f"^{cause}$"), reachable():
        raise error
    log.invocation({"outcome": "error"}, failed=False)
    log.invocation({"outcome": "ok"}, failed=False)
    first, second = log_lines()
    assert first["cause"] == cause
    assert "cause" not in second


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(ZeroDivisionError), reachable():
        _ = 1 / 0


@mock_aws
def test_an_item_is_what_was_written_last_and_empty_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TABLE_CUSTOMERS", "t")
    create("customers", "phone_number")
    table("customers").put_item(Item={"phone_number": "+14165550011", "name": "Ana"})
    assert item("customers", {"phone_number": "+14165550011"})["name"] == "Ana"
    assert item("customers", {"phone_number": "+14165550012"}) == {}
