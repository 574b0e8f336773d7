"""`patchbay init`: an environment for an instance, with and without somebody who answers."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.arns import InstanceArn
from patchbay.local import connect_api
from tests.commands.conftest import Cli
from tests.local.connect import an_instance_in_each_account_and_region, url
from tests.local.embedded import ACCOUNT, INSTANCE

__all__ = ["an_instance_in_each_account_and_region", "url"]

ARN = "arn:aws:connect:eu-west-2:444455556666:instance/22222222-3333-4444-5555-666666666666"
BASE = ("--instance-arn", ARN, "--alias", "my-stage", "--function-region", "eu-west-2")


class Keyboard(io.StringIO):
    """A terminal on which these lines are typed."""

    def isatty(self) -> bool:
        return True


Types = Callable[..., None]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Types:
    def lines(*typed: str) -> None:
        monkeypatch.setattr(sys, "stdin", Keyboard("".join(f"{line}\n" for line in typed)))

    return lines


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def embedded(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect, with the credentials and the Region of `patchbay local env`."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT)
    monkeypatch.setenv("AWS_DEFAULT_REGION", INSTANCE.region)


def outside(project: Path) -> str:
    return f"this folder is outside of the project: what follows is about {project}"


@pytest.mark.usefixtures("nobody")
def test_everything_can_be_given_and_no_aws_is_asked(cli: Cli, own_project: Path) -> None:
    answer = cli(
        *("init", "env-in-a-test", "--instance-arn", ARN, "--alias", "my-stage", "--account", "111122223333"),
        *("--function-region", "eu-west-1", "--function-region", "eu-central-1", "--app", "voice"),
        *("--functions", "tutorial,customer_lookup", "--flows", "tutorial", "--profile", "contact-centre"),
    )
    assert (answer.code, answer.err.splitlines()) == (0, [outside(own_project)])
    environment = environments.load("env-in-a-test", own_project)
    (instance,) = environment.instances
    assert (str(instance.arn), instance.alias) == (ARN, "my-stage")
    assert (environment.app, environment.account) == ("voice", "111122223333")
    assert (environment.group(instance).preferred, environment.group(instance).fallback) == (
        "eu-west-1",
        "eu-central-1",
    )
    assert (instance.functions, instance.flows) == (("tutorial", "customer_lookup"), ("tutorial",))
    assert environment.accounts["444455556666"].profile == "contact-centre"


@pytest.mark.usefixtures("nobody")
def test_the_next_steps_bootstrap_both_accounts(cli: Cli) -> None:
    answer = cli("init", "env-in-a-test", *BASE, "--account", "111122223333")
    wrote, _, heading, *steps = answer.out.splitlines()
    assert (wrote, heading) == ("wrote  environments/env-in-a-test.toml", "next")
    assert steps[0] == "  make synth ENV=env-in-a-test"
    assert steps[1] == "  npx cdk bootstrap aws://111122223333/eu-west-2"
    assert "aws://444455556666/eu-west-2 --trust 111122223333" in steps[2]
    assert steps[3] == "  make deploy ENV=env-in-a-test"


@pytest.mark.usefixtures("nobody")
def test_resources_that_flows_name_stand_there_as_comments(cli: Cli, own_project: Path) -> None:
    samples = ("--functions", "customer_lookup,account_service", "--flows", "check_balance")
    answer = cli("init", "env-in-a-test", *BASE, *samples)
    assert "  put queue_support into environments/env-in-a-test.toml" in answer.out
    text = (own_project / "environments/env-in-a-test.toml").read_text()
    assert f'\n# queue_support = "{ARN}/..."   # flow check_balance names it\n' in text
    queue = f"queue_support={ARN}/queue/aaaaaaaa-0000-4000-8000-000000000002"
    answer = cli("init", "env-in-a-test-2", *BASE, *samples, "--resource", queue)
    assert answer.code == 0
    assert "put queue_support" not in answer.out
    assert "queue_support" in environments.load("env-in-a-test-2", own_project).instances[0].resources


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "nobody is there to answer questions: add NAME and --instance-arn and --function-region"),
        (("env-in-a-test", "--instance-arn", ARN), "add --function-region"),
        (("dev", *BASE), "environments/dev.toml exists already"),
        (("My_Stage", *BASE), "use lower-case letters, digits and dashes only"),
        (("env-in-a-test", *BASE, "--functions", "no_such"), "function 'no_such' has no folder"),
        (("env-in-a-test", *BASE, "--flows", "no_such"), "there is no flow 'no_such': flows/ has"),
        (
            ("env-in-a-test", *BASE, "--flows", "tutorial", "--functions", ""),
            "names no function of this environment",
        ),
        (
            ("env-in-a-test", *BASE, "--flows", "front_desk"),
            "give its alias ARN with --resource bot_pay_bill",
        ),
        (("env-in-a-test", *BASE, "--account", "12"), "'12' is not an account id"),
        (("env-in-a-test", *BASE, "--function-region", "eu-wset-1"), "did you mean eu-west-1?"),
        (
            ("env-in-a-test", "--instance-arn", "arn:x", "--function-region", "eu-west-2"),
            "'arn:x' is not an ARN",
        ),
        (("env-in-a-test", *BASE, "--resource", "queue"), "--resource 'queue' is not KEY=VALUE"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    cli: Cli, own_project: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    before = set((own_project / "environments").iterdir())
    assert sentence in cli("init", *arguments).complaint
    assert set((own_project / "environments").iterdir()) == before


@pytest.mark.usefixtures("embedded")
def test_a_terminal_shows_the_instances_and_asks_for_the_rest(
    cli: Cli, own_project: Path, types: Types
) -> None:
    other = InstanceArn("aws", "connect", "eu-west-2", ACCOUNT, INSTANCE.resource.replace("1111", "9999"))
    connect_api.add_instance(other, "the-other")
    types("env-in-a-test", "2", "eu-west-1, eu-central-1", "", "tutorial", "")
    answer = cli("init", "--region", "eu-west-2")
    assert answer.code == 0, answer
    assert f"1  {ACCOUNT}-us-east-1  {INSTANCE}" in answer.err
    (instance,) = environments.load("env-in-a-test", own_project).instances
    assert instance.arn.region == "eu-west-2"
    assert instance.alias
    assert (instance.functions, instance.flows) == (("tutorial",), ("tutorial",))
    assert environments.load("env-in-a-test", own_project).regions == ("eu-west-1", "eu-central-1")
    assert "patchbay local deploy --env env-in-a-test --start" in answer.out


@pytest.mark.usefixtures("nobody")
def test_the_functions_are_those_that_the_flows_invoke_and_their_workers(cli: Cli, own_project: Path) -> None:
    bot = "bot_pay_bill=arn:aws:lex:eu-west-2:444455556666:bot-alias/PAYBILLBOT/PAYBILLIVE"
    assert cli("init", "env-in-a-test", *BASE, "--flows", "front_desk", "--resource", bot).code == 0
    (instance,) = environments.load("env-in-a-test", own_project).instances
    assert {"customer_lookup", "start_order_search", "order_search_worker"} < set(instance.functions)
    assert "tutorial" not in instance.functions


def test_a_slip_in_an_answer_is_told_and_asked_again(cli: Cli, own_project: Path, types: Types) -> None:
    types("dev", "env-in-a-test", "mars", "eu-west-2", "", "no_such", "tutorial", "no_such", "tutorial")
    answer = cli("init", "--instance-arn", ARN, "--alias", "my-stage")
    assert answer.code == 0, answer
    for told in (
        "dev.toml exists already",
        "'mars' is not a Region",
        "no flow 'no_such'",
        "no function 'no_such'",
    ):
        assert told in answer.err
    assert environments.load("env-in-a-test", own_project).instances[0].functions == ("tutorial",)


def test_the_bot_of_a_function_is_asked_for(cli: Cli, own_project: Path, types: Types) -> None:
    bot = "arn:aws:lex:eu-west-2:444455556666:bot-alias/PAYBILLBOT/PAYBILLIVE"
    types("", "", "pay_bill", bot)
    answer = cli("init", "env-in-a-test", *BASE)
    assert answer.code == 0, answer
    assert environments.load("env-in-a-test", own_project).instances[0].resources["bot_pay_bill"] == bot


@pytest.mark.usefixtures("embedded", "nobody")
def test_connect_is_asked_for_the_alias(cli: Cli, own_project: Path) -> None:
    answer = cli("init", "env-in-a-test", "--instance-arn", str(INSTANCE), "--function-region", "us-west-2")
    assert answer.code == 0
    assert environments.load("env-in-a-test", own_project).instances[0].alias == f"{ACCOUNT}-us-east-1"


@pytest.mark.usefixtures("embedded", "nobody")
def test_an_alias_that_cannot_be_read_names_the_permission(cli: Cli) -> None:
    unknown = str(INSTANCE).replace("11111111-", "77777777-")
    complaint = cli(
        "init", "env-in-a-test", "--instance-arn", unknown, "--function-region", "us-west-2"
    ).complaint
    assert "connect:DescribeInstance" in complaint
    assert "--alias" in complaint


def test_without_a_region_and_credentials_an_arn_can_be_typed(
    cli: Cli, own_project: Path, types: Types, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    types("env-in-a-test", ARN, "my-stage", "", "", "", "")
    answer = cli("init")
    assert answer.code == 0, answer
    assert "no Region is configured" in answer.err
    (instance,) = environments.load("env-in-a-test", own_project).instances
    assert (str(instance.arn), instance.alias, instance.functions) == (ARN, "my-stage", ())


def test_ctrl_c_at_a_question_ends_it(cli: Cli, types: Types) -> None:
    types()
    assert cli("init").code == 130
