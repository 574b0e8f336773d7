"""The one door to AWS: which account, which endpoint, whose credentials."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from patchbay import environments
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.live.pace import Pacer
from patchbay.local import state
from patchbay.local.process import LocalAws
from tests import few_samples
from tests.local import embedded
from tests.local.embedded import INSTANCE, create_function

local_aws = embedded.local_aws

Edit = Callable[[str, str, str], Path]
FOREIGN = "444455556666"
ROLE = f"arn:aws:iam::{FOREIGN}:role/contact-centre"


class Signed(Exception):
    """A request stands ready; carries its headers and its address."""


def request_of(client: Any) -> tuple[str, str]:
    """The access key that signs the client's requests, and where they go; none is sent."""

    def stop(request: Any, **_: object) -> None:
        raise Signed(request.headers["Authorization"].decode(), request.url)

    client.meta.events.register("before-send", stop)
    with pytest.raises(Signed) as caught:
        client.list_functions()
    authorization, url = caught.value.args
    return authorization.partition("Credential=")[2].partition("/")[0], url


@pytest.fixture
def local(project: Path) -> Environment:
    """The environment of a project of its own, for which nothing runs."""
    return environments.load("local", project)


@pytest.fixture
def dev() -> Environment:
    return few_samples.load("dev")


def with_way(edit: Edit, way: str) -> Environment:
    """Environment dev with a way into the foreign account."""
    accounts = f'[accounts."{FOREIGN}"]\n{way}\n'
    root = edit("environments/dev.toml", "[release]", f"{accounts}\n[release]")
    return environments.load("dev", root)


def test_the_made_up_account_means_the_embedded_aws_that_runs(
    local: Environment, local_aws: LocalAws
) -> None:
    state.record(local.root, local_aws)
    aws = Aws(local)
    assert aws.embedded
    connect = aws.client("connect", INSTANCE.region)
    assert connect.meta.endpoint_url == local_aws.url
    assert connect.describe_instance(InstanceId=INSTANCE.instance_id)["Instance"]["Arn"] == str(INSTANCE)


def test_none_running_is_one_sentence(local: Environment) -> None:
    with pytest.raises(UserError, match="no embedded AWS runs: start one with `make local`"):
        Aws(local)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("name", ["local", "dev"])
def test_a_local_endpoint_of_the_shell_wins(
    project: Path, monkeypatch: pytest.MonkeyPatch, host: str, name: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:4999")
    environment = environments.load(name, project)
    aws = Aws(environment)
    assert aws.embedded
    key, url = request_of(aws.client("lambda", "us-west-2"))
    assert key == environment.account
    assert url.startswith(f"http://{host}:4999/")


def test_an_endpoint_that_is_given_wins_over_the_shells(
    local: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4999")
    _, url = request_of(Aws(local, "http://127.0.0.1:4998").client("lambda", "us-west-2"))
    assert url.startswith("http://127.0.0.1:4998/")


def test_another_endpoint_of_the_shell_is_no_embedded_aws(
    dev: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://vpce.example.com")
    aws = Aws(dev)
    assert not aws.embedded
    assert request_of(aws.client("lambda", "eu-west-2"))[1].startswith("https://vpce.example.com/")


def test_an_account_without_a_way_is_reached_with_the_shells_credentials(dev: Environment) -> None:
    aws = Aws(dev)
    assert not aws.embedded
    key, url = request_of(aws.client("lambda", "eu-west-2"))
    assert key == "testing"
    assert url.startswith("https://lambda.eu-west-2.amazonaws.com/")


def test_on_the_embedded_aws_the_key_is_the_account_that_is_meant(
    local: Environment, local_aws: LocalAws
) -> None:
    aws = Aws(local, local_aws.url)
    create_function(
        embedded.client(local_aws.url, "lambda", "us-west-2"), "here", "def handler(e, c): return {}"
    )
    names = [
        [function["FunctionName"] for function in client.list_functions()["Functions"]]
        for client in (aws.client("lambda", "us-west-2"), aws.client("lambda", "us-west-2", FOREIGN))
    ]
    assert names == [["here"], []]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_PROFILE", "contact-centre"),
        ("AWS_SESSION_TOKEN", "of-the-user"),
        ("AWS_ENDPOINT_URL_CONNECT", "http://127.0.0.1:1"),
        ("http_proxy", "http://127.0.0.1:1"),
    ],
)
def test_the_shells_settings_play_no_part_on_the_embedded_aws(
    local: Environment, local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)
    connect = Aws(local, local_aws.url).client("connect", INSTANCE.region)
    assert connect.describe_instance(InstanceId=INSTANCE.instance_id)["Instance"]["Arn"] == str(INSTANCE)


def test_a_foreign_account_without_a_way_in_is_one_sentence(dev: Environment) -> None:
    with pytest.raises(UserError) as caught:
        Aws(dev).client("connect", "eu-west-2", FOREIGN)
    assert str(caught.value) == (
        f"environment dev says no way into account {FOREIGN}: "
        f'add [accounts."{FOREIGN}"] with a profile or a role_arn'
    )


def test_a_profile_is_a_way_into_an_account(
    edit: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "credentials"
    shared.write_text("[contact-centre]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(shared))
    aws = Aws(with_way(edit, 'profile = "contact-centre"'))
    assert request_of(aws.client("lambda", "eu-west-2", FOREIGN))[0] == "AKIAPROFILE"
    assert request_of(aws.client("lambda", "eu-west-2"))[0] == "testing"


@pytest.fixture
def sts() -> Iterator[list[str]]:
    """A mocked STS; the calls of it that were made, by operation."""
    asked: list[str] = []
    with mock_aws():
        boto3.DEFAULT_SESSION = None
        boto3.setup_default_session()
        boto3.DEFAULT_SESSION.events.register(  # type: ignore[attr-defined]
            "before-call.sts", lambda model, **_: asked.append(model.name)
        )
        yield asked
        boto3.DEFAULT_SESSION = None


@pytest.mark.parametrize("region", ["eu-west-2", None])
def test_a_role_is_a_way_into_an_account_and_is_assumed_once(
    edit: Edit, sts: list[str], monkeypatch: pytest.MonkeyPatch, region: str | None
) -> None:
    if region:
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    aws = Aws(with_way(edit, f'role_arn = "{ROLE}"'))
    first, _ = request_of(aws.client("lambda", "eu-west-2", FOREIGN))
    second, url = request_of(aws.client("lambda", "us-east-1", FOREIGN))
    assert first == second
    assert first.startswith("ASIA")
    assert sts == ["AssumeRole"]
    assert url.startswith("https://lambda.us-east-1.amazonaws.com/")


def test_sdk_retries_are_set_whatever_the_botocore_default_is(dev: Environment) -> None:
    config: Any = Aws(dev).client("lambda", "eu-west-2").meta.config
    assert config.retries == {"mode": "standard", "total_max_attempts": 4}


def test_a_client_can_have_settings_of_its_own(dev: Environment) -> None:
    once = {"mode": "standard", "total_max_attempts": 1}
    config: Any = Aws(dev).client("lambda", "eu-west-2", read_timeout=3, retries=once).meta.config
    assert (config.read_timeout, config.connect_timeout, config.retries) == (3, 5, once)


class _Turns(Pacer):
    """Writes down whose requests wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Any, str, str, str]] = []

    def attach(self, client: Any, service: str, region: str, account: str) -> None:
        self.waiting.append((client, service, region, account))


def test_clients_made_before_and_after_keep_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    environment = environments.load("prod")
    aws, turns = Aws(environment), _Turns()
    before = aws.client("lambda", "eu-west-1")
    aws.keep_pace(turns)
    after = aws.client("logs", "eu-west-1", environment.account)
    assert turns.waiting == [
        (before, "lambda", "eu-west-1", environment.account),
        (after, "logs", "eu-west-1", environment.account),
    ]


def test_whoever_asks_for_a_pace_later_shares_the_first_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    aws, first, second = Aws(environments.load("prod")), _Turns(), _Turns()
    aws.keep_pace(first)
    aws.keep_pace(second)
    aws.client("lambda", "eu-west-1")
    assert (len(first.waiting), second.waiting) == (1, [])


def test_the_embedded_aws_has_no_rates_to_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    aws, turns = Aws(environments.load("prod")), _Turns()
    aws.keep_pace(turns)
    aws.client("lambda", "eu-west-1")
    assert turns.waiting == []
