"""`patchbay doctor`: what it takes, asks and exits with."""

import json
from collections.abc import Callable

import pytest

from patchbay.config import Environment
from patchbay.doctor import mending, visit
from patchbay.doctor.model import Finding, Mend, Place, failed, passed, warned
from patchbay.doctor.run import Result
from patchbay.doctor.scene import Made
from patchbay.live.model import Unread
from patchbay.scaffold import questions
from tests import few_samples
from tests.commands.conftest import Cli
from tests.doctor.test_show import check

HERE = Place(function="tutorial", region="us-west-2")
MEND = Mend("lets it in", "add-permission", {})
FINE = passed(HERE, "it is")
MENDABLE = failed(HERE, "nobody may", "patchbay doctor --fix", MEND)
HOPELESS = failed(HERE, "it is gone", "npx cdk deploy")

Examined = Callable[..., None]


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> Examined:
    """What one examination after the other finds."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")

    def answers(*findings: Finding) -> None:
        coming = iter(findings)

        def examine(_: object, **__: object) -> tuple[tuple[Result, ...], str]:
            return (Result(check("permission"), (next(coming),)),), ""

        monkeypatch.setattr(visit.Visit, "examine", examine)

    return answers


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> list[Mend]:
    """What was carried out."""
    done: list[Mend] = []

    def carry_out(mend: Mend, *_: object) -> str:
        done.append(mend)
        return ""

    monkeypatch.setattr(mending, "carry_out", carry_out)
    return done


@pytest.mark.parametrize(("finding", "code"), [(FINE, 0), (warned(HERE, "soon", "look"), 0), (HOPELESS, 1)])
def test_it_exits_with_1_where_something_is_a_fail(
    cli: Cli, examined: Examined, finding: Finding, code: int
) -> None:
    examined(finding)
    assert cli("doctor", "--env", "local").code == code


def test_commands_of_the_aws_cli_on_the_embedded_aws_need_its_address_first(
    cli: Cli, examined: Examined
) -> None:
    examined(failed(HERE, "it is gone", "aws lambda create-alias"))
    assert 'aws commands: eval "$(patchbay local env)"\n1 FAIL\n' in cli("doctor", "--env", "local").out
    examined(HOPELESS)
    assert "patchbay local env" not in cli("doctor", "--env", "local").out


def test_the_code_is_synthesized_once_for_both_looks() -> None:
    asked: list[str] = []

    def templates(environment: Environment) -> Made:
        asked.append(environment.name)
        return Unread("no")

    kept = visit.once(templates)
    environment = few_samples.load("local")
    assert kept(environment) is kept(environment)
    assert asked == ["local"]


def test_json_has_every_check(cli: Cli, examined: Examined) -> None:
    examined(HOPELESS)
    answer = cli("doctor", "--env", "local", "--json")
    found = json.loads(answer.out)
    assert found["environment"] == "local"
    assert [one["status"] for one in found["checks"]] == ["FAIL"]


def test_what_can_be_mended_is_said_and_left_alone(cli: Cli, examined: Examined, mended: list[Mend]) -> None:
    examined(MENDABLE)
    answer = cli("doctor", "--env", "local")
    assert "--fix can mend 1 of this" in answer.err
    assert mended == []


def test_a_plan_that_is_agreed_to_is_carried_out_and_looked_at_again(
    cli: Cli, examined: Examined, mended: list[Mend], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "is_terminal", lambda: True)
    monkeypatch.setattr(questions, "agreed", lambda _: True)
    examined(MENDABLE, FINE)
    answer = cli("doctor", "--env", "local", "--fix")
    assert (answer.code, mended) == (0, [MEND])
    assert "1. lets it in" in answer.out
    assert answer.out.endswith("now: 1 passed\n")


def test_a_plan_that_is_not_agreed_to_changes_nothing(
    cli: Cli, examined: Examined, mended: list[Mend], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "is_terminal", lambda: True)
    monkeypatch.setattr(questions, "agreed", lambda _: False)
    examined(MENDABLE)
    answer = cli("doctor", "--env", "local", "--fix")
    assert (answer.code, mended) == (1, [])
    assert "nothing was changed" in answer.err


def test_without_a_terminal_a_plan_needs_yes(cli: Cli, examined: Examined, mended: list[Mend]) -> None:
    examined(MENDABLE)
    answer = cli("doctor", "--env", "local", "--fix")
    assert (answer.code, mended) == (2, [])
    assert "add --yes" in answer.err
    examined(MENDABLE, FINE)
    assert cli("doctor", "--env", "local", "--fix", "--yes").code == 0
    assert mended == [MEND]


def test_what_is_still_wrong_after_the_mending_is_exit_code_1(
    cli: Cli, examined: Examined, mended: list[Mend]
) -> None:
    examined(MENDABLE, HOPELESS)
    assert cli("doctor", "--env", "local", "--fix", "--yes").code == 1


def test_where_nothing_can_be_mended_from_here_it_says_so(cli: Cli, examined: Examined) -> None:
    examined(HOPELESS)
    answer = cli("doctor", "--env", "local", "--fix", "--yes")
    assert answer.code == 1
    assert "nothing of this can be mended from here" in answer.err


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--env", "local", "--yes"], "--yes goes with --fix: without it nothing is changed"),
        (["--env", "local", "--fix", "--json"], "--fix shows a plan and asks, and --json is for programs"),
        (["--env", "nowhere"], "environment 'nowhere' does not exist"),
    ],
)
def test_options_that_do_not_fit_are_bad_input(cli: Cli, options: list[str], complaint: str) -> None:
    assert complaint in cli("doctor", *options).complaint
