"""The archive with moto's S3 and a Connect that is only recorded."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ParamValidationError, ReadTimeoutError
from botocore.session import Session

from contact_archive import store
from tests.lambdas.conftest import INSTANCE_ID, LogLines
from tests.lambdas.invocations import CONTACT_ID, contact_event, invoke, recorded_events

pytestmark = pytest.mark.usefixtures("seeded_tables")

BUCKET = "patchbay-test-contact_archive"
KEY = f"contacts/{INSTANCE_ID}/{CONTACT_ID}.json"
ARN = f"arn:aws:connect:eu-central-1:000000000000:instance/{INSTANCE_ID}"
ATTRIBUTES = {"name": "Océane Tremblay", "customerId": "C-1001"}
UNAVAILABLE = {"status": "error", "errorType": "archiveUnavailable", "retryable": "true"}


def refused(code: str, status: int) -> ClientError:
    response: Any = {
        "Error": {"Code": code, "Message": "Tremblay"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "UpdateContactAttributes")


THROTTLED = refused("TooManyRequestsException", 429)
BROKEN = refused("InternalServiceException", 500)
DENIED = refused("AccessDeniedException", 403)
NOT_THERE = refused("ResourceNotFoundException", 404)
SLOW = ReadTimeoutError(endpoint_url="https://example.com")
AWAY = ConnectTimeoutError(endpoint_url="https://example.com")
INVALID = ParamValidationError(report="Tremblay")


class Connect:
    """Records requests per Region; raises what it is told, once each."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.errors: list[Exception] = []

    def __call__(self, region: str) -> Any:
        def update(**request: Any) -> dict[str, Any]:
            self.requests.append((region, request))
            if self.errors:
                raise self.errors.pop(0)
            return {}

        return SimpleNamespace(update_contact_attributes=update)


@pytest.fixture(autouse=True)
def connect(monkeypatch: pytest.MonkeyPatch, as_deployed: Callable[[str], None]) -> Connect:
    as_deployed("contact_archive")
    recorded = Connect()
    monkeypatch.setattr(store, "_connect", recorded)
    monkeypatch.setattr("contact_archive.handler.time", SimpleNamespace(sleep=lambda seconds: None))
    return recorded


def archive(seconds: float = 5, **contact: Any) -> dict[str, Any]:
    event = contact_event({}, **{"Attributes": ATTRIBUTES, "InstanceARN": ARN, **contact})
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: seconds * 1000)
    return invoke("contact_archive", event, context)


def objects() -> dict[str, bytes]:
    client = store._s3()
    found = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return {item["Key"]: client.get_object(Bucket=BUCKET, Key=item["Key"])["Body"].read() for item in found}


def test_attributes_are_written_and_the_contact_is_told_where(connect: Connect) -> None:
    assert archive(InitialContactId="first") == {"status": "ok", "archived": "true", "archiveKey": KEY}
    assert json.loads(objects()[KEY]) == {
        "contactId": CONTACT_ID,
        "instanceId": INSTANCE_ID,
        "channel": "VOICE",
        "attributes": ATTRIBUTES,
    }
    request = {"InitialContactId": "first", "InstanceId": INSTANCE_ID, "Attributes": {"archiveKey": KEY}}
    assert connect.requests == [("eu-central-1", request)]


def test_the_request_is_one_that_connect_knows(connect: Connect) -> None:
    archive()
    model = Session().get_service_model("connect")
    shape = model.operation_model("UpdateContactAttributes")
    assert shape.input_shape is not None
    assert set(connect.requests[0][1]) == set(shape.input_shape.members)


def test_a_second_archive_is_the_same_object() -> None:
    answer = archive()
    first = objects()
    assert archive(Attributes={"archiveKey": KEY, **ATTRIBUTES}) == answer
    assert objects() == first


def test_a_payment_token_is_not_archived() -> None:
    archive(Attributes={"paymentToken": "tok_1002", **ATTRIBUTES})
    assert json.loads(objects()[KEY])["attributes"] == ATTRIBUTES


def test_an_instance_of_another_environment_is_refused_before_any_call(connect: Connect) -> None:
    for event in recorded_events("contact_archive").values():
        assert invoke("contact_archive", event)["errorType"] == "instanceNotAllowed"
    assert archive(InstanceARN="") == {**UNAVAILABLE, "errorType": "instanceNotAllowed", "retryable": "false"}
    assert (connect.requests, objects()) == ([], {})


def test_without_a_setting_nobody_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INSTANCE_ID")
    assert archive()["errorType"] == "instanceNotAllowed"


def test_a_call_that_fails_for_a_moment_is_tried_again(connect: Connect) -> None:
    for number, error in enumerate([THROTTLED, BROKEN, SLOW, AWAY], start=1):
        connect.errors = [error, error, error]
        assert archive()["archived"] == "true"
        assert len(connect.requests) == 4 * number


def test_after_the_allowed_retries_it_gives_up(connect: Connect, log_lines: LogLines) -> None:
    connect.errors = [THROTTLED] * 9
    assert archive() == UNAVAILABLE
    assert len(connect.requests) == 4
    assert log_lines()[-1]["cause"] == "TooManyRequestsException"


def test_what_no_retry_heals_is_not_tried_again(connect: Connect) -> None:
    for number, error in enumerate([DENIED, INVALID], start=1):
        connect.errors = [error]
        assert archive() == UNAVAILABLE
        assert len(connect.requests) == number


def test_a_contact_that_connect_does_not_know_is_told_apart(connect: Connect) -> None:
    connect.errors = [NOT_THERE]
    assert archive() == {"status": "error", "errorType": "contactNotFound", "retryable": "false"}


def test_with_too_little_time_nothing_is_begun(connect: Connect) -> None:
    assert archive(seconds=1) == UNAVAILABLE
    assert (connect.requests, objects()) == ([], {})


def test_a_bucket_that_is_not_there_is_an_informational_error(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, log_lines: LogLines
) -> None:
    monkeypatch.setenv("BUCKET_NAME", "patchbay-test-no-such-bucket")
    assert archive() == UNAVAILABLE
    assert (connect.requests, log_lines()[-1]["cause"]) == ([], "NoSuchBucket")


def test_no_attribute_is_logged(connect: Connect, log_lines: LogLines) -> None:
    connect.errors = [DENIED]
    archive()
    archive()
    written = json.dumps(log_lines(), ensure_ascii=False)
    assert not [text for text in ("Tremblay", "C-1001", "customerId") if text in written]


def test_a_contact_id_is_one_part_of_the_key() -> None:
    keys = {archive(ContactId=contact_id)["archiveKey"] for contact_id in ("../../x", "é ☎", "a/b?c=d")}
    assert all(key.isascii() and key.count("/") == 2 for key in keys)
    assert set(objects()) == keys


def test_clients_give_up_within_the_time_of_an_attempt() -> None:
    for config in (store._s3().meta.config, store._CONFIG):
        told: Any = config
        assert told.connect_timeout + told.read_timeout <= 1.2
        assert told.retries["total_max_attempts"] == 1
