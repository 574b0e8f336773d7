"""For every reason not to reach a function a call that fails that way, and the sentence that explains it."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from patchbay.explain.case import Kind
from patchbay.lambda_functions import LambdaFunctions
from patchbay.local.candidates import zipped
from patchbay.naming import LIVE
from patchbay.simulator.functions import Reply
from tests.e2e.by_hand import lambda_of, without_permission, wrong_permission
from tests.e2e.explain import moods
from tests.e2e.explain.conftest import TUTORIAL, Calls
from tests.e2e.reads import statements

OTHER_INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/ffffffff-0000-4000-8000-000000000000"


@contextlib.contextmanager
def _throttled(calls: Calls) -> Iterator[str]:
    """A function of its own, as throttles stay in a function's metrics; gives its ARN."""
    client, tutorial = lambda_of(calls.deployed, TUTORIAL)
    made = client.create_function(
        FunctionName="nobody-may-run-this",
        Role=client.get_function_configuration(FunctionName=tutorial)["Role"],
        Runtime="python3.13",
        Handler="tutorial.handler.handler",
        Code={"ZipFile": zipped(calls.deployed.root, TUTORIAL[1], {})},
    )
    name, instance = made["FunctionName"], calls.deployed.instance.arn
    client.add_permission(
        FunctionName=name,
        StatementId="connect",
        Action="lambda:InvokeFunction",
        Principal="connect.amazonaws.com",
        SourceAccount=instance.account,
        SourceArn=str(instance),
    )
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    try:
        yield made["FunctionArn"]
    finally:
        client.delete_function(FunctionName=name)


def test_a_throttle_names_the_reserved_concurrency(calls: Calls) -> None:
    with _throttled(calls) as arn:
        flow = moods.flow(calls.folder, 3, function=arn)
        cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.THROTTLED)
    assert cause.sentence.endswith("its reserved concurrency is 0 now, which lets nobody invoke it")
    assert "reserved concurrency now: 0" in cause.evidence
    assert any(line.startswith("metric Throttles") and line.endswith(": 4") for line in cause.evidence)


def test_lambda_that_fails_itself_is_no_fault_of_the_function(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LambdaFunctions, "invoke", lambda *_: Reply(500, 10))
    cause = calls.cause(calls.place(mood="good"), Kind.SERVICE_ERROR)
    assert "Lambda answered 500 ServiceException" in cause.sentence


def test_no_permission_at_all_says_that_the_policy_names_nobody(calls: Calls) -> None:
    with without_permission(calls.deployed, TUTORIAL):
        cause = calls.cause(calls.place(mood="good"), Kind.ACCESS_DENIED)
    assert cause.sentence.endswith("no statement of this ARN's policy names Connect")
    assert cause.certain


@pytest.mark.parametrize(
    ("different", "wrong"),
    [
        (
            {"SourceAccount": "111122223333"},
            "the account of statement 'by-hand' is 111122223333, but Connect comes with 000000000000",
        ),
        (
            {"SourceArn": OTHER_INSTANCE},
            f"the instance's ARN of statement 'by-hand' is {OTHER_INSTANCE}, but Connect comes with "
            "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555",
        ),
        (
            {"Qualifier": ""},
            "the qualifier does not match: statement 'by-hand' is on the function itself, but the block "
            "names live, which has a policy of its own",
        ),
    ],
)
def test_a_wrong_permission_says_which_part_of_it_does_not_match(
    calls: Calls, different: dict[str, Any], wrong: str
) -> None:
    with wrong_permission(calls.deployed, TUTORIAL, **different):
        cause = calls.cause(calls.place(mood="good"), Kind.ACCESS_DENIED)
    assert cause.sentence.endswith(f": {wrong}")
    assert cause.certain


def test_a_block_that_names_the_function_itself_is_told_where_the_permission_is(calls: Calls) -> None:
    flow = moods.flow(calls.folder, 3, function=calls.deployed.environment.function_arn(*reversed(TUTORIAL)))
    cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.ACCESS_DENIED)
    assert cause.sentence.endswith(
        f"the qualifier does not match: statement '{_sid(calls)}' is on the alias live, but the block "
        "names the function itself, which has a policy of its own"
    )


def test_a_permission_that_was_mended_since_says_that_it_fits_now(calls: Calls) -> None:
    with without_permission(calls.deployed, TUTORIAL):
        contact = calls.place(mood="good")
    cause = calls.cause(contact, Kind.ACCESS_DENIED)
    assert "; its policy fits now, so it was changed since" in cause.sentence
    assert not cause.certain


def test_an_alias_that_is_gone_is_not_found(calls: Calls) -> None:
    client, name = lambda_of(calls.deployed, TUTORIAL)
    arn = calls.deployed.environment.alias_arn("tutorial", "us-west-2").removesuffix(LIVE)
    flow = moods.flow(calls.folder, 3, function=f"{arn}nobody")
    cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.NOT_FOUND)
    assert cause.sentence.endswith("the function is there, but it has no alias or version nobody")
    client.create_alias(FunctionName=name, Name="nobody", FunctionVersion=calls.version)
    try:
        later = calls.cause(calls.place(flow=flow, mood="good"), Kind.ACCESS_DENIED)
    finally:
        client.delete_alias(FunctionName=name, Name="nobody")
    assert f"statement '{_sid(calls)}' is on the alias live" in later.sentence


def test_a_function_that_is_not_in_the_region_is_not_found(calls: Calls) -> None:
    arn = calls.deployed.environment.alias_arn("tutorial", "us-west-2").replace("us-west-2", "eu-west-1")
    flow = moods.flow(calls.folder, 3, function=arn)
    cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.NOT_FOUND)
    assert cause.sentence.endswith("has no function patchbay-local-tutorial in eu-west-1")


def _sid(calls: Calls) -> str:
    (statement,) = statements(calls.deployed.aws, calls.deployed.environment, *TUTORIAL, LIVE)
    return str(statement["Sid"])
