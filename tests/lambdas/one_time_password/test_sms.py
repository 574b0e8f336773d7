"""A text is sent once: what SNS answers, and what that says about the text."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from common import log
from one_time_password import sms
from one_time_password.logic import NotSent
from tests.lambdas.conftest import LogLines

NUMBER, TEXT = "+14165550011", "Your Patchbay code is 123456"
URL = "https://sns.us-west-2.amazonaws.com"


def refusal(code: str, status: int) -> ClientError:
    response: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, "Publish")


NOT_OUT = [
    refusal("InvalidParameter", 400),
    refusal("AuthorizationError", 403),
    refusal("Throttled", 429),
    EndpointConnectionError(endpoint_url=URL),
    ConnectTimeoutError(endpoint_url=URL),
]
MAY_BE_OUT = [
    refusal("InternalError", 500),
    ReadTimeoutError(endpoint_url=URL),
    ConnectionClosedError(endpoint_url=URL),
]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """`requests` that SNS got, each answered by `fails` where that is set."""
    at = SimpleNamespace(requests=[], fails=None)

    def publish(**request: Any) -> None:
        at.requests.append(request)
        if at.fails is not None:
            raise at.fails

    monkeypatch.setattr(sms, "_sns", lambda: SimpleNamespace(publish=publish))
    return at


def test_a_text_goes_to_the_number_as_urgent(published: SimpleNamespace) -> None:
    sms.send(NUMBER, TEXT)
    (request,) = published.requests
    assert (request["PhoneNumber"], request["Message"]) == (NUMBER, TEXT)
    assert request["MessageAttributes"]["AWS.SNS.SMS.SMSType"]["StringValue"] == "Transactional"


@pytest.mark.parametrize("error", NOT_OUT, ids=lambda error: type(error).__name__)
def test_a_text_that_was_refused_or_had_no_connection_is_not_sent(
    published: SimpleNamespace, error: Exception
) -> None:
    published.fails = error
    with pytest.raises(NotSent) as caught:
        sms.send(NUMBER, TEXT)
    assert NUMBER not in str(caught.value)
    assert len(published.requests) == 1


@pytest.mark.parametrize("error", MAY_BE_OUT, ids=lambda error: type(error).__name__)
def test_a_text_that_may_be_out_counts_as_sent_and_leaves_its_cause_in_the_log(
    published: SimpleNamespace, error: Exception, log_lines: LogLines
) -> None:
    published.fails = error
    sms.send(NUMBER, TEXT)
    log.invocation({"outcome": "ok"}, failed=False)
    assert log_lines()[0]["cause"] in {"InternalError", "ReadTimeoutError", "ConnectionClosedError"}
    assert len(published.requests) == 1


def test_the_client_asks_once_and_does_not_wait_longer_than_the_caller() -> None:
    sms._sns.cache_clear()
    config: Any = sms._sns().meta.config
    assert config.retries == {"total_max_attempts": 1, "mode": "standard"}
    assert (config.connect_timeout, config.read_timeout) == (0.5, 1.5)


def test_sns_takes_the_request() -> None:
    sms._sns.cache_clear()
    with mock_aws():
        sms.send(NUMBER, TEXT)
        sent = sns_backends[DEFAULT_ACCOUNT_ID]["us-west-2"].sms_messages
        assert list(sent.values()) == [(NUMBER, TEXT)]
