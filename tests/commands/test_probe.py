"""`patchbay probe`: plan, consent, exit codes, output; what is asked is in tests/probe."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from patchbay.commands import probe as command
from patchbay.probe import bench as bench_module
from patchbay.probe.answers import Answer, Question
from tests.commands.conftest import Cli
from tests.probe.fakes import FakeAws, denied

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> FakeAws:
    """A real account, as far as the command can tell; nothing is waited for."""
    fake = FakeAws()
    monkeypatch.setattr(command, "Aws", lambda _: fake)
    monkeypatch.setattr(bench_module, "Clock", fake.clock)
    return fake


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """One question for each of these answers."""

    def ask(*given: Answer) -> None:
        questions = tuple(
            Question(f"q{n}", "asked", "how", "assumed", lambda _, one=one: one)  # type: ignore[misc]
            for n, one in enumerate(given)
        )
        monkeypatch.setattr(command, "QUESTIONS", questions)

    return ask


YES, NO, UNKNOWN = Answer.yes("a", "b"), Answer.no("a", "b"), Answer.unknown("a", "b")


def test_a_real_account_with_nobody_to_ask_needs_yes(cli: Cli, aws: FakeAws) -> None:
    answer = cli("probe", "--env", "local")
    assert answer.code == 2
    assert answer.err.endswith("account 000000000000 is a real one and nobody is there to agree: add --yes\n")
    assert "  makes      IAM role patchbay-local-probe-throwaway" in answer.err
    assert not [call for call in aws.calls if call.startswith("Create")]


@pytest.mark.parametrize(("agreed", "made"), [(True, 2), (False, 0)])
def test_somebody_at_a_terminal_is_asked_after_the_plan(
    cli: Cli, aws: FakeAws, monkeypatch: pytest.MonkeyPatch, agreed: bool, made: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: agreed)
    answer = cli("probe", "--env", "local")
    assert aws.calls.count("CreateFunction") == made
    assert aws.is_empty
    assert ("nothing was made" in answer.err, answer.code) == (not agreed, 0 if agreed else 1)


def test_an_account_that_is_as_assumed_is_exit_code_0_with_a_table(cli: Cli, aws: FakeAws) -> None:
    answer = cli("probe", "--env", "local", "--yes")
    assert answer.code == 0
    assert "as the design assumes: 15 yes, 0 no, 0 unknown" in answer.out
    assert "embedded" not in answer.err
    assert aws.is_empty


@pytest.mark.parametrize(
    ("given", "code"), [((YES, YES), 0), ((YES, NO), 1), ((YES, UNKNOWN), 1), ((UNKNOWN, UNKNOWN), 1)]
)
def test_anything_but_yes_is_exit_code_1(
    cli: Cli, aws: FakeAws, answers: Callable[..., None], given: tuple[Answer, ...], code: int
) -> None:
    answers(*given)
    assert cli("probe", "--env", "local", "--yes").code == code


def test_json_is_one_object_and_nothing_else_on_standard_output(
    cli: Cli, aws: FakeAws, answers: Callable[..., None]
) -> None:
    answers(YES, NO)
    answer = cli("probe", "--env", "local", "--yes", "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["embedded"], found["left"]) == (1, False, [])
    assert [one["as_assumed"] for one in found["answers"]] == ["yes", "no"]


def test_what_an_earlier_run_left_is_shown_and_removed_first(
    cli: Cli, aws: FakeAws, answers: Callable[..., None]
) -> None:
    aws.iam.create_role("patchbay-local-probe-throwaway", "Made by patchbay probe, which removes it again")
    answers(YES)
    answer = cli("probe", "--env", "local", "--yes")
    assert "removes what an earlier run left:\n             IAM role patchbay-local-probe-" in answer.err
    assert aws.calls.index("DeleteRole") < aws.calls.index("CreateRole")
    assert (answer.code, aws.is_empty) == (0, True)


def test_what_an_earlier_run_left_and_cannot_be_removed_ends_it(cli: Cli, aws: FakeAws) -> None:
    aws.iam.create_role("patchbay-local-probe-throwaway", "Made by patchbay probe, which removes it again")
    aws.refuse(denied("DeleteRole"))
    answer = cli("probe", "--env", "local", "--yes")
    assert answer.code == 1
    assert "is still there: the right iam:DeleteRole is missing" in answer.err
    assert "CreateRole" not in aws.calls


def test_what_is_left_is_told_and_is_exit_code_1(
    cli: Cli, aws: FakeAws, answers: Callable[..., None]
) -> None:
    answers(YES)
    aws.refuse(denied("DeleteFunction"))
    answer = cli("probe", "--env", "local", "--yes")
    assert answer.code == 1
    assert answer.err.count("is still there: the right lambda:DeleteFunction is missing") == 2
    assert "run `patchbay probe` again to remove it" in answer.err


def test_ctrl_c_at_the_question_whether_to_go_on_ends_it(
    cli: Cli, aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    def abort(*_: object, **__: object) -> bool:
        raise typer.Abort

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(typer, "confirm", abort)
    assert cli("probe", "--env", "local").code == 130
    assert not [call for call in aws.calls if call.startswith("Create")]


def test_ctrl_c_is_exit_code_130_and_leaves_nothing(cli: Cli, aws: FakeAws) -> None:
    def interrupt(operation: str) -> None:
        if operation == "Invoke":
            raise KeyboardInterrupt

    aws.before = interrupt
    answer = cli("probe", "--env", "local", "--yes")
    assert (answer.code, answer.out) == (130, "")
    assert aws.is_empty


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--env", "stage"], "environment 'stage' does not exist"),
        (["--env", "local", "--instance", "emea"], "instance 'emea' is not in environment local"),
        (["--env", "local", "--other-region", "mars"], "'mars' is not a Region: write it as in eu-west-2"),
        (["--env", "local", "--other-region", "us-east-1"], "is the instance's own Region: name another"),
        ([], "missing option '--env': see `patchbay probe --help`"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    cli: Cli, aws: FakeAws, arguments: list[str], sentence: str
) -> None:
    assert sentence in cli("probe", *arguments).complaint
    assert aws.calls == []


def test_credentials_of_another_account_are_exit_code_2(cli: Cli, aws: FakeAws) -> None:
    aws.account = "222222222222"
    assert "the credentials are of account 222222222222" in cli("probe", "--env", "local").complaint
    assert aws.calls == ["GetCallerIdentity"]
