"""The operations of Amazon Connect that the embedded AWS adds, over boto3: shapes, errors, limits."""

import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from patchbay.limits import FUNCTION_ARN_MAX_CHARS, FUNCTIONS_PER_INSTANCE
from patchbay.local import connect_state
from tests.local import connect as world
from tests.local.connect import ID, OTHER_REGION, created, refused
from tests.local.embedded import ACCOUNT, INSTANCE, OTHER_ACCOUNT, client

UNKNOWN = "99999999-2222-3333-4444-555555555555"
FUNCTION = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial:live"

url, connect = world.url, world.connect
_instances = world.an_instance_in_each_account_and_region


@pytest.fixture
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect_state, "RATE_PER_SECOND", 1e12)


def listed(connect: Any) -> list[str]:
    pages = connect.get_paginator("list_lambda_functions").paginate(InstanceId=ID)
    return [arn for page in pages for arn in page["LambdaFunctions"]]


def test_an_associated_function_is_listed_until_it_is_disassociated(connect: Any) -> None:
    connect.associate_lambda_function(InstanceId=ID, FunctionArn=FUNCTION)
    assert listed(connect) == [FUNCTION]
    connect.disassociate_lambda_function(InstanceId=ID, FunctionArn=FUNCTION)
    assert listed(connect) == []


@pytest.mark.usefixtures("unthrottled")
def test_associations_come_in_pages_of_25_each_once_and_in_order(connect: Any) -> None:
    arns = [f"{FUNCTION}{number}" for number in range(FUNCTIONS_PER_INSTANCE + 1)]
    for arn in arns[:-1]:
        connect.associate_lambda_function(InstanceId=ID, FunctionArn=arn)
    first = connect.list_lambda_functions(InstanceId=ID)
    second = connect.list_lambda_functions(InstanceId=ID, NextToken=first["NextToken"])
    assert [len(first["LambdaFunctions"]), len(second["LambdaFunctions"])] == [25, 25]
    assert "NextToken" not in second
    assert listed(connect) == arns[:-1]
    assert refused(connect.associate_lambda_function, InstanceId=ID, FunctionArn=arns[-1]) == (
        402,
        "ServiceQuotaExceededException",
    )


@pytest.mark.usefixtures("unthrottled")
def test_a_26th_association_is_on_the_second_page(connect: Any) -> None:
    for number in range(26):
        connect.associate_lambda_function(InstanceId=ID, FunctionArn=f"{FUNCTION}{number}")
    assert listed(connect)[25:] == [f"{FUNCTION}25"]
    page = connect.list_lambda_functions(InstanceId=ID, MaxResults=3)
    assert len(page["LambdaFunctions"]) == 3


def test_a_second_association_is_a_conflict(connect: Any) -> None:
    connect.associate_lambda_function(InstanceId=ID, FunctionArn=FUNCTION)
    answer = refused(connect.associate_lambda_function, InstanceId=ID, FunctionArn=FUNCTION)
    assert answer == (409, "ResourceConflictException")
    assert listed(connect) == [FUNCTION]


def test_an_unknown_instance_is_not_found(connect: Any) -> None:
    not_found = (404, "ResourceNotFoundException")
    both = {"InstanceId": UNKNOWN, "FunctionArn": FUNCTION}
    assert refused(connect.associate_lambda_function, **both) == not_found
    assert refused(connect.disassociate_lambda_function, **both) == not_found
    assert refused(connect.list_lambda_functions, InstanceId=UNKNOWN) == not_found
    assert refused(connect.list_contact_flows, InstanceId=UNKNOWN) == not_found


def test_a_function_that_is_not_associated_cannot_be_disassociated(connect: Any) -> None:
    answer = refused(connect.disassociate_lambda_function, InstanceId=ID, FunctionArn=FUNCTION)
    assert answer == (404, "ResourceNotFoundException")


@pytest.mark.parametrize("arn", ["tutorial", FUNCTION.ljust(FUNCTION_ARN_MAX_CHARS + 1, "x")])
def test_what_is_no_function_arn_of_at_most_140_characters_is_a_bad_request(connect: Any, arn: str) -> None:
    answer = refused(connect.associate_lambda_function, InstanceId=ID, FunctionArn=arn)
    assert answer[0] == 400
    assert answer[1] in ("InvalidParameterException", "InvalidRequestException")
    assert listed(connect) == []


def test_an_arn_of_140_characters_is_taken(connect: Any) -> None:
    longest = FUNCTION.ljust(FUNCTION_ARN_MAX_CHARS, "x")
    connect.associate_lambda_function(InstanceId=ID, FunctionArn=longest)
    assert listed(connect) == [longest]


def test_association_calls_beyond_a_burst_of_five_are_throttled(
    connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect_state, "RATE_PER_SECOND", 0.0)
    for number in range(4):
        connect.associate_lambda_function(InstanceId=ID, FunctionArn=f"{FUNCTION}{number}")
    connect.disassociate_lambda_function(InstanceId=ID, FunctionArn=f"{FUNCTION}0")
    answer = refused(connect.associate_lambda_function, InstanceId=ID, FunctionArn=FUNCTION)
    assert answer == (429, "ThrottlingException")
    assert len(listed(connect)) == 3


def test_the_budget_fills_up_again_at_two_requests_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    bucket = connect_state.Bucket(tokens=0, filled_at=now)
    for elapsed, answers in ((0.4, 0), (0.2, 1), (0.5, 1), (60.0, connect_state.BURST)):
        now += elapsed
        for _ in range(answers):
            bucket.take()
        with pytest.raises(connect_state.ConnectError) as caught:
            bucket.take()
        assert caught.value.code == "ThrottlingException"


def test_a_page_token_that_nobody_gave_is_a_bad_request(connect: Any) -> None:
    with pytest.raises(ClientError) as caught:
        connect.list_lambda_functions(InstanceId=ID, NextToken="made up")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.parametrize(("account", "region"), [(OTHER_ACCOUNT, INSTANCE.region), (ACCOUNT, OTHER_REGION)])
def test_another_account_or_region_sees_nothing_of_it(
    url: str, connect: Any, account: str, region: str
) -> None:
    connect.associate_lambda_function(InstanceId=ID, FunctionArn=FUNCTION)
    flow_id = created(connect)
    other = client(url, "connect", region, account)
    assert other.describe_instance(InstanceId=ID)["Instance"]["InstanceAlias"] == f"{account}-{region}"
    assert listed(other) == []
    assert other.list_contact_flows(InstanceId=ID)["ContactFlowSummaryList"] == []
    not_found = refused(other.describe_contact_flow, InstanceId=ID, ContactFlowId=flow_id)
    assert not_found == (404, "ResourceNotFoundException")
    other.associate_lambda_function(InstanceId=ID, FunctionArn=FUNCTION)


def test_each_region_has_a_request_budget_of_its_own(
    url: str, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect_state, "RATE_PER_SECOND", 0.0)
    for number in range(connect_state.BURST):
        connect.associate_lambda_function(InstanceId=ID, FunctionArn=f"{FUNCTION}{number}")
    other = client(url, "connect", OTHER_REGION)
    other.associate_lambda_function(InstanceId=ID, FunctionArn=FUNCTION)
    assert listed(other) == [FUNCTION]
