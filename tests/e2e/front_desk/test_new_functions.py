"""What `patchbay new` wrote before the deploy is live, associated and permitted, and answers in a call."""

import pytest

from patchbay.calls import Caller, Line
from patchbay.functions import Kind
from patchbay.naming import LIVE
from tests.e2e.deployed import Deployed
from tests.e2e.front_desk.own import OWN
from tests.e2e.reads import associated, read_live, said, statements

FUNCTIONS = [function for functions in OWN.values() for function in functions]
REGIONS = ("us-west-2", "us-east-1")


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_new_function_is_live_in_every_region(
    whole_environment: Deployed, function: str, region: str
) -> None:
    assert read_live(whole_environment.aws, whole_environment.environment, region, function).version == "1"


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_instance_may_invoke_it_and_lists_it_where_a_flow_does(
    whole_environment: Deployed, function: str, region: str
) -> None:
    environment, aws = whole_environment.environment, whole_environment.aws
    principals = [
        statement["Principal"] for statement in statements(aws, environment, region, function, LIVE)
    ]
    listed = environment.alias_arn(function, region) in associated(aws, environment)
    for_flows = environment.function(function).kind is Kind.FLOW
    assert (principals, listed) == (
        ([{"Service": "connect.amazonaws.com"}], True) if for_flows else ([], False)
    )


@pytest.mark.parametrize("name", OWN)
def test_its_answer_is_heard_in_a_call_of_its_own_flow(whole_environment: Deployed, name: str) -> None:
    line = Line(whole_environment.environment, whole_environment.instance, whole_environment.aws)
    result = line.call(name, Caller(), pace=0.05)
    assert result.ended == "disconnected by flow"
    assert {invocation.outcome for invocation in result.invocations} == {"success"}
    assert "sorry" not in said(result).lower()
