"""Whether a flow may name another Region's alias, for every answer."""

import json

import pytest
from botocore.exceptions import ClientError

from patchbay.probe.answers import AsAssumed, NotAskedError
from patchbay.probe.bench import Bench
from patchbay.probe.questions.other_region_flow import QUESTION
from patchbay.probe.things.flow import content
from patchbay.simulator import flow
from tests.probe.fakes import OTHER, FakeAws, asked, bench_on, denied, error


@pytest.fixture
def aws() -> FakeAws:
    return FakeAws()


def invalid() -> ClientError:
    refusal = error("CreateContactFlow", "InvalidContactFlowException")
    refusal.response["problems"] = [{"message": "another Region"}]  # type: ignore[typeddict-unknown-key]
    return refusal


def test_a_flow_that_is_published_is_as_assumed_and_goes_at_once(aws: FakeAws) -> None:
    answer = asked(aws, QUESTION)
    assert (answer.text, answer.as_assumed) == ("accepted", AsAssumed.YES)
    assert not aws.connect.flows
    assert aws.calls.count("CreateContactFlow") == 1


def test_a_flow_that_is_refused_for_its_region_is_not_as_assumed(aws: FakeAws) -> None:
    aws.refuse(invalid(), lambda given: f":{OTHER}:" in given["Content"])
    answer = asked(aws, QUESTION)
    assert (answer.text, answer.as_assumed) == ("refused; one of its own Region is accepted", AsAssumed.NO)
    assert "InvalidContactFlowException" in answer.evidence
    assert "another Region" in answer.evidence


def test_a_flow_that_is_refused_whatever_it_names_proves_nothing(aws: FakeAws) -> None:
    aws.refuse(invalid())
    answer = asked(aws, QUESTION)
    assert (answer.text, answer.as_assumed) == (
        "refused, but so is one of its own Region",
        AsAssumed.UNKNOWN,
    )


@pytest.mark.parametrize("operation", ["CreateContactFlow", "DeleteContactFlow"])
def test_a_missing_right_is_named(aws: FakeAws, operation: str) -> None:
    aws.refuse(denied(operation))
    answer = asked(aws, QUESTION)
    assert answer.as_assumed is AsAssumed.UNKNOWN
    assert f"the right connect:{operation} is missing" in answer.evidence


def test_without_another_region_it_is_not_asked(aws: FakeAws) -> None:
    bench = bench_on(aws, made=False)
    alone = Bench(type(bench.site)(bench.site.environment, bench.site.instance, None), aws, aws.clock())  # type: ignore[arg-type]
    with pytest.raises(NotAskedError, match="name another one with --other-region"):
        QUESTION.ask(alone)
    assert "CreateContactFlow" not in aws.calls


def test_the_flow_is_one_that_the_simulator_can_read() -> None:
    written = json.dumps(content("arn:aws:lambda:us-west-2:000000000000:function:one:plain"))
    assert flow.load(written, "probe")
