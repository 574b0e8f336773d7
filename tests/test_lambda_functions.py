"""Lambda over boto3, on an embedded AWS: what it answers, and what the simulated Connect makes of it."""

import json
import random
from typing import Any

import pytest

from common.response import ResponseType
from patchbay import environments
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.lambda_functions import LambdaFunctions
from patchbay.local.process import LocalAws
from patchbay.simulator.functions import FunctionName
from patchbay.simulator.invoke import invoke
from patchbay.simulator.observers import Samples
from patchbay.simulator.policies import Request, refusal
from patchbay.simulator.verdicts import Block, Outcome, Verdict
from tests.local import embedded
from tests.local.embedded import ACCOUNT, INSTANCE, PREFERRED, client, create_function, publish, wire

local_aws = embedded.local_aws

HANDLER = """
import time
def handler(event, context):
    time.sleep(float(event.get("sleep", 0)))
    if "fail" in event:
        raise ValueError(event["fail"])
    return {"version": context.function_version, "said": event.get("say", "VERSION")}
"""
ARN = f"arn:aws:lambda:{PREFERRED}:{ACCOUNT}:function:echo"
LIVE = f"{ARN}:live"


def handler(version: str) -> str:
    return HANDLER.replace("VERSION", version)


@pytest.fixture(scope="module")
def lambda_(local_aws: LocalAws) -> Any:
    """A client, with a function `echo` of two versions behind a weighted alias."""
    lambda_ = client(local_aws.url, "lambda", PREFERRED)
    create_function(lambda_, "echo", handler("one"))
    first = str(lambda_.publish_version(FunctionName="echo")["Version"])
    second = publish(lambda_, "echo", handler("two"))
    assert (first, second) == ("1", "2")
    wire(lambda_, "echo", first, {second: 0.25})
    return lambda_


@pytest.fixture
def environment() -> Environment:
    return environments.load("local")


@pytest.fixture
def functions(local_aws: LocalAws, lambda_: Any, environment: Environment) -> LambdaFunctions:
    return LambdaFunctions(Aws(environment, local_aws.url), environment)


def test_an_alias_leads_to_its_versions_by_weight(functions: LambdaFunctions) -> None:
    assert functions.route(LIVE) == {"1": 0.75, "2": 0.25}


def test_an_alias_of_one_version_leads_there_alone(lambda_: Any, functions: LambdaFunctions) -> None:
    lambda_.create_alias(FunctionName="echo", Name="plain", FunctionVersion="2")
    assert functions.route(f"{ARN}:plain") == {"2": 1.0}


def test_a_version_and_no_qualifier_lead_to_themselves(functions: LambdaFunctions) -> None:
    assert functions.route(f"{ARN}:2") == {"2": 1.0}
    assert functions.route(ARN) == {"$LATEST": 1.0}
    assert functions.route(f"{ARN}:$LATEST") == {"$LATEST": 1.0}


@pytest.mark.parametrize(
    "arn", [f"{ARN}:canary", f"{ARN}:9", ARN.replace("echo", "nothing"), LIVE.replace(PREFERRED, "us-east-1")]
)
def test_what_lambda_does_not_know_leads_nowhere(functions: LambdaFunctions, arn: str) -> None:
    assert functions.route(arn) is None
    assert functions.policy(arn) is None


@pytest.mark.parametrize("call", ["route", "policy"])
def test_what_is_no_arn_is_one_sentence(functions: LambdaFunctions, call: str) -> None:
    with pytest.raises(UserError, match="'order-status' is not the ARN of a function: fill it in, or stub"):
        getattr(functions, call)("order-status")


def test_each_qualifier_has_a_policy_of_its_own(lambda_: Any, functions: LambdaFunctions) -> None:
    lambda_.add_permission(
        FunctionName="echo", StatementId="all", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com"
    )
    policies: list[Any] = [functions.policy(arn) for arn in (LIVE, ARN)]
    (live,) = policies[0]["Statement"]
    assert live["Principal"] == {"Service": "connect.amazonaws.com"}
    assert live["Resource"] == LIVE
    conditions = json.dumps(live["Condition"])
    assert INSTANCE.account in conditions
    assert str(INSTANCE) in conditions
    # MiniStack lists the statements of aliases here too; what they are for keeps them apart.
    (bare,) = [found for found in policies[1]["Statement"] if found["Resource"] == ARN]
    assert bare["Principal"] == {"Service": "s3.amazonaws.com"}
    assert refusal(policies[1], Request(ARN, INSTANCE)) is not None
    assert refusal(policies[0], Request(LIVE, INSTANCE)) is None
    assert functions.policy(f"{ARN}:1") is None


def test_the_version_that_is_asked_for_runs(functions: LambdaFunctions) -> None:
    for version, word in (("1", "one"), ("2", "two")):
        reply = functions.invoke(LIVE, version, b"{}", 5)
        assert (reply.status, reply.function_error) == (200, None)
        assert json.loads(reply.payload)["said"] == word
        assert reply.duration_ms < 5000


def test_text_beyond_ascii_passes_both_ways(functions: LambdaFunctions) -> None:
    payload = json.dumps({"say": "Zoë 电话"}, ensure_ascii=False).encode()
    assert json.loads(functions.invoke(LIVE, "1", payload, 5).payload)["said"] == "Zoë 电话"


def test_no_answer_within_the_time_limit_has_no_status(functions: LambdaFunctions) -> None:
    functions.invoke(LIVE, "1", b"{}", 5)
    reply = functions.invoke(LIVE, "1", b'{"sleep": 1}', 0.2)
    assert reply.status is None
    assert 200 <= reply.duration_ms < 900


def test_a_function_that_raises_answers_with_a_function_error(functions: LambdaFunctions) -> None:
    reply = functions.invoke(LIVE, "1", b'{"fail": "no such table"}', 5)
    assert reply.status == 200
    assert reply.function_error is not None
    assert json.loads(reply.payload)["errorMessage"] == "no such table"


def test_a_missing_version_answers_with_its_status(functions: LambdaFunctions) -> None:
    assert functions.invoke(LIVE, "9", b"{}", 5).status == 404


def test_a_throttled_request_answers_429_and_is_not_repeated(
    lambda_: Any, functions: LambdaFunctions, local_aws: LocalAws
) -> None:
    create_function(lambda_, "busy", handler("one"))
    lambda_.put_function_concurrency(FunctionName="busy", ReservedConcurrentExecutions=0)
    reply = functions.invoke(ARN.replace("echo", "busy"), "$LATEST", b"{}", 5)
    assert reply.status == 429
    assert reply.duration_ms < 500


# The whole block


def block(arn: str = LIVE, payload: dict[str, object] | None = None, limit_ms: int = 3000) -> Block:
    return Block(
        function=FunctionName.parse(arn),
        payload=json.dumps(payload or {}).encode(),
        limit_ms=limit_ms,
        chain_left_ms=20_000,
        response_type=ResponseType.STRING_MAP,
        instance=INSTANCE,
    )


def ran(functions: LambdaFunctions, asked: Block) -> Verdict:
    return invoke(asked, functions, random.Random(1), Samples())


def test_a_block_gets_its_answer_through_the_alias(functions: LambdaFunctions) -> None:
    verdict = ran(functions, block())
    assert (verdict.outcome, verdict.requests) == (Outcome.SUCCESS, 1)
    assert verdict.response["version"] == verdict.version


def test_both_versions_answer_in_about_the_shares_of_their_weights(functions: LambdaFunctions) -> None:
    rng = random.Random(7)
    met = [invoke(block(), functions, rng, Samples()).version for _ in range(16)]
    assert set(met) == {"1", "2"}
    assert met.count("2") < met.count("1")


def test_a_qualifier_without_a_permission_is_refused(lambda_: Any, functions: LambdaFunctions) -> None:
    verdict = ran(functions, block(f"{ARN}:1"))
    assert verdict.outcome is Outcome.ACCESS_DENIED
    assert verdict.attempts == ()


def test_a_failing_function_is_tried_four_times(functions: LambdaFunctions) -> None:
    verdict = ran(functions, block(payload={"fail": "boom"}))
    assert (verdict.outcome, verdict.requests) == (Outcome.FUNCTION_ERROR, 4)
    assert str(verdict.reason).endswith(": boom")


def test_the_limit_of_the_block_ends_it(functions: LambdaFunctions) -> None:
    verdict = ran(functions, block(payload={"sleep": 1}, limit_ms=200))
    assert (verdict.outcome, verdict.requests, verdict.duration_ms) == (Outcome.TIME_LIMIT, 1, 200)


def test_effects_are_free_on_the_embedded_aws(
    local_aws: LocalAws, environment: Environment, functions: LambdaFunctions
) -> None:
    lambda_ = client(local_aws.url, "lambda", PREFERRED)
    create_function(lambda_, environment.names.function("account_service"), handler("one"))
    reply = functions.invoke(environment.alias_arn("account_service", PREFERRED), "$LATEST", b"{}", 5)
    assert reply.status == 200
