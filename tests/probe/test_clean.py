"""Nothing stays behind: after an end, a failure, an interruption at any call, an earlier run that died."""

import itertools
import os
import signal
from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from patchbay.errors import UserError
from patchbay.probe import clean, run
from patchbay.probe.answers import Answer, AsAssumed, Question
from patchbay.probe.bench import Bench
from patchbay.probe.questions import QUESTIONS
from patchbay.probe.site import MARK
from tests.probe.fakes import HOME, FakeAws, bench_on, denied, error

NAME = "patchbay-local-probe-throwaway"


@pytest.fixture
def aws() -> FakeAws:
    return FakeAws(embedded=True)


def probed(aws: FakeAws, *questions: Question) -> tuple[list[Answer], list[str]]:
    """Answers and what is left."""
    left: list[str] = []
    findings = run.probe(bench_on(aws, made=False), questions or QUESTIONS, left)
    return [finding.answer for finding in findings], left


def question(ask: object) -> Question:
    return Question("id", "asked", "how", "assumed", ask)  # type: ignore[arg-type]


def test_after_an_ordinary_end_nothing_is_there(aws: FakeAws) -> None:
    answers, left = probed(aws)
    assert left == []
    assert aws.is_empty
    assert [answer.as_assumed for answer in answers].count(AsAssumed.YES) > 10


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_interruption_at_any_call_leaves_nothing(moment: str) -> None:
    for number in itertools.count(1):
        aws = FakeAws(embedded=True)
        setattr(aws, moment, _at(number, KeyboardInterrupt()))
        try:
            probed(aws)
        except KeyboardInterrupt:
            assert aws.is_empty, (number, aws.calls)
        else:
            assert number > 80, "the last call was reached"
            return


def test_a_failure_at_any_call_leaves_nothing_and_ends_in_answers(aws: FakeAws) -> None:
    for number in range(1, 60):
        failing = FakeAws(embedded=True)
        failing.before = _at(number, error("Any", "InternalError", 500))
        answers, left = probed(failing)
        assert len(answers) == len(QUESTIONS)
        assert failing.is_empty or left, (number, failing.calls[number - 1])


def test_an_interruption_in_a_question_is_passed_on_after_the_clean_up(aws: FakeAws) -> None:
    def interrupt(_: Bench) -> Answer:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        probed(aws, question(interrupt))
    assert aws.calls.count("CreateFunction") == 2
    assert aws.is_empty


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_the_process_is_cleaned_up_after(aws: FakeAws, number: signal.Signals) -> None:
    def end(_: Bench) -> Answer:
        os.kill(os.getpid(), number)
        raise AssertionError("not reached")

    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt):
        probed(aws, question(end))
    assert aws.is_empty
    assert signal.getsignal(number) is before


def test_a_second_ctrl_c_does_not_end_the_clean_up(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    aws.before = lambda operation: os.kill(os.getpid(), signal.SIGINT) if operation == "DeleteRole" else None
    _, left = probed(aws)
    assert left == []
    assert aws.is_empty
    assert "still removing what the probe made" in capsys.readouterr().err


def test_an_unforeseen_failure_is_cleaned_up_after_too(aws: FakeAws) -> None:
    def fail(_: Bench) -> Answer:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        probed(aws, question(fail))
    assert aws.is_empty


def test_what_cannot_be_removed_is_told_and_the_rest_is_removed(aws: FakeAws) -> None:
    aws.refuse(denied("DeleteLogGroup"), lambda _: True)
    _, left = probed(aws)
    assert [sentence.partition(" is still there: ")[0] for sentence in left] == [
        f"log group /patchbay/probe/patchbay/local in {region}" for region in ("us-east-1", "us-west-2")
    ]
    assert "the right logs:DeleteLogGroup is missing" in left[0]
    assert not aws.home.functions
    assert not aws.iam.roles


def test_what_an_earlier_run_left_is_found_and_removed(aws: FakeAws) -> None:
    bench_on(aws)
    aws.connect.associated = [f"arn:aws:lambda:{HOME}:000000000000:function:{NAME}:plain", "somebody's"]
    aws.connect.flows = {"1": {"Name": NAME, "Description": MARK}, "2": {"Name": "somebody's"}}
    bench = bench_on(aws, made=False)
    assert len(clean.leftovers(bench)) == 7
    assert clean.remove(bench) == []
    assert aws.connect.associated == ["somebody's"]
    assert list(aws.connect.flows) == ["2"]
    assert [aws.iam.roles, aws.home.functions, aws.logs.groups] == [{}, {}, set()]


def test_a_leftover_in_a_region_that_is_not_asked_now_is_found_too(aws: FakeAws) -> None:
    aws.lambda_in("us-west-2").functions[NAME] = {"Description": MARK}
    (found,) = clean.leftovers(bench_on(aws, made=False))
    assert found.label == f"Lambda function {NAME} in us-west-2"


@pytest.mark.parametrize("what", ["function", "role", "flow"])
def test_somebody_elses_thing_of_the_same_name_stops_the_probe(aws: FakeAws, what: str) -> None:
    theirs = {"Description": "ours, keep", "Name": NAME, "Arn": "arn"}
    {"function": aws.home.functions, "role": aws.iam.roles, "flow": aws.connect.flows}[what][NAME] = theirs
    with pytest.raises(UserError, match="exists and is not of a probe"):
        clean.leftovers(bench_on(aws, made=False))
    assert not [call for call in aws.calls if call.startswith(("Create", "Delete", "Put"))]


def test_somebody_elses_function_is_left_alone_by_the_clean_up(aws: FakeAws) -> None:
    aws.home.functions[NAME] = {"Description": "ours, keep"}
    (sentence,) = clean.remove(bench_on(aws, made=False))
    assert "is not of a probe" in sentence
    assert NAME in aws.home.functions


def test_what_may_not_be_looked_up_is_not_made_used_or_removed(aws: FakeAws) -> None:
    aws.refuse(denied("ListContactFlows"))
    bench = bench_on(aws, made=False)
    assert clean.leftovers(bench) == ()
    left: list[str] = []
    findings = run.probe(bench, QUESTIONS, left)
    flow = next(one.answer for one in findings if one.question.id == "other-region-flow")
    assert flow.as_assumed is AsAssumed.UNKNOWN
    assert "the right connect:ListContactFlows is missing" in flow.evidence
    assert "CreateContactFlow" not in aws.calls
    assert left == []


def test_a_disassociation_that_connect_refuses_counts_only_while_it_is_listed(aws: FakeAws) -> None:
    bench = bench_on(aws)
    aws.connect.associated = [f"{bench.home.arn}:plain"]
    aws.refuse(error("DisassociateLambdaFunction", "InvalidParameterException"))
    with pytest.raises(ClientError):
        bench.associations.remove()
    aws.connect.associated = []
    bench.associations.associate(f"{bench.home.arn}:plain")
    aws.connect.associated = []
    bench.associations.remove()
    assert not bench.associations.present()


def _at(number: int, failure: BaseException) -> Callable[[str], None]:
    """Raises at that call, unless it is one of the clean-up's, which holds Ctrl-C back."""
    count = 0

    def strike(_: str) -> None:
        nonlocal count
        count += 1
        if count == number and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            raise failure

    return strike
