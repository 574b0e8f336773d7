"""A change and the answer that tells of it: both or neither, and once."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from moto import mock_aws

from common.done_once import ANSWER_KEPT_SECONDS, TABLE, answered, commit
from common.tables import TableUnavailable, item, table
from tests.lambdas.conftest import create

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import UpdateTypeDef

ANSWER = {"status": "ok", "Result": "Success", "Balance": {"Savings": "$1.00"}}


@pytest.fixture(autouse=True)
def stored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A counter at 0, and no requests."""
    with mock_aws():
        for name, partition_key in {"counters": "name", TABLE: "request_id"}.items():
            monkeypatch.setenv(f"TABLE_{name.upper()}", f"patchbay-test-{name}")
            create(name, partition_key)
        table("counters").put_item(Item={"name": "n", "value": 0})
        yield


def count(before: int) -> "UpdateTypeDef":
    """One more, where the counter still is at `before`."""
    return {
        "TableName": table("counters").name,
        "Key": {"name": "n"},
        "UpdateExpression": "SET #value = :after",
        "ConditionExpression": "#value = :before",
        "ExpressionAttributeNames": {"#value": "value"},
        "ExpressionAttributeValues": {":before": before, ":after": before + 1},
    }


def counted() -> int:
    return int(item("counters", {"name": "n"})["value"])


def test_a_request_without_a_record_has_no_answer() -> None:
    assert answered("r-1") is None


def test_the_change_and_its_answer_are_stored_together() -> None:
    assert commit("r-1", ANSWER, count(0))
    assert (counted(), answered("r-1")) == (1, ANSWER)


def test_the_answer_outlives_every_contact_and_then_expires() -> None:
    commit("r-1", ANSWER, count(0))
    kept = int(item(TABLE, {"request_id": "r-1"})["expires_at"]) - time.time()
    assert 7 * 24 * 3600 - 60 < kept <= ANSWER_KEPT_SECONDS


def test_a_request_that_is_recorded_changes_nothing_and_keeps_its_first_answer() -> None:
    commit("r-1", ANSWER, count(0))
    assert not commit("r-1", {"status": "other"}, count(1))
    assert (counted(), answered("r-1")) == (1, ANSWER)


def test_a_change_whose_condition_does_not_hold_any_more_leaves_no_answer() -> None:
    commit("r-1", ANSWER, count(0))
    assert not commit("r-2", ANSWER, count(0))
    assert (counted(), answered("r-2")) == (1, None)


CANCELLED = "TransactionCanceledException"


def cancelled(*codes: str) -> dict[str, Any]:
    """What DynamoDB answers, with one reason for each of the two writes."""
    reasons = [{"Code": code} for code in codes]
    return {"service_error_code": CANCELLED, "modeled_fields": {"CancellationReasons": reasons}}


@pytest.mark.parametrize(
    "reasons", [("ConditionalCheckFailed", "None"), ("None", "TransactionConflict"), ("None", "None")]
)
def test_a_transaction_that_lost_a_race_is_no_error(reasons: tuple[str, ...]) -> None:
    with Stubber(table(TABLE).meta.client) as stub:
        stub.add_client_error("transact_write_items", **cancelled(*reasons))
        assert not commit("r-1", ANSWER, count(0))


@pytest.mark.parametrize(
    "refusal",
    [
        cancelled("None", "ThrottlingError"),
        cancelled("ConditionalCheckFailed", "ValidationError"),
        {"service_error_code": CANCELLED},
        {"service_error_code": "AccessDeniedException"},
    ],
    ids=["throttled", "not valid", "without reasons", "not allowed"],
)
def test_every_other_refusal_means_that_the_table_is_not_available(refusal: dict[str, Any]) -> None:
    with Stubber(table(TABLE).meta.client) as stub:
        stub.add_client_error("transact_write_items", **refusal)
        with pytest.raises(TableUnavailable) as raised:
            commit("r-1", ANSWER, count(0))
    assert isinstance(raised.value.__cause__, ClientError)
    assert str(raised.value) == refusal["service_error_code"]


def test_a_table_that_is_not_there_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE_REQUESTS", "no-such-table")
    table.cache_clear()
    with pytest.raises(TableUnavailable):
        answered("r-1")
