"""The embedded AWS as a process: where it listens, what it keeps apart, what it leaves behind."""

import json
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from patchbay import environments
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.local import process
from patchbay.local.process import LocalAws
from tests.local import processes
from tests.local.embedded import INSTANCE, client, create_function

pytestmark = [
    pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads /proc"),
]

LOOPBACK = "0100007F"
SHOW_ENVIRONMENT = "import os\ndef handler(event, context):\n    return dict(os.environ)\n"
STARTER = """
import time
from patchbay import environments
from patchbay.local import process
with process.running(environments.load("local")) as aws:
    print(aws.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def environment() -> Environment:
    return environments.load("local")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, of this process and of those that it starts."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def shown_environment(aws: LocalAws) -> dict[str, str]:
    """The environment variables of a handler."""
    lambda_ = client(aws.url, "lambda")
    create_function(lambda_, "shows-its-environment", SHOW_ENVIRONMENT)
    answer = lambda_.invoke(FunctionName="shows-its-environment")
    found: dict[str, str] = json.loads(answer["Payload"].read())
    return found


def test_it_listens_on_the_loopback_address_only(local_aws: LocalAws) -> None:
    shown_environment(local_aws)
    assert processes.listening(processes.group(local_aws.pid)) == {LOOPBACK}


def test_its_endpoint_is_the_loopback_address_and_its_key_is_the_account(local_aws: LocalAws) -> None:
    assert local_aws.url == f"http://127.0.0.1:{local_aws.port}"
    variables = local_aws.variables("222222222222", "eu-west-1")
    assert variables["AWS_ENDPOINT_URL"] == local_aws.url
    assert variables["AWS_ACCESS_KEY_ID"] == "222222222222"
    assert {variables["AWS_REGION"], variables["AWS_DEFAULT_REGION"]} == {"eu-west-1"}


def test_two_side_by_side_know_nothing_of_each_other(local_aws: LocalAws, environment: Environment) -> None:
    with process.running(environment) as other:
        assert other.port != local_aws.port
        one, two = (client(aws.url, "connect") for aws in (local_aws, other))
        both = {"InstanceId": INSTANCE.instance_id}
        one.associate_lambda_function(**both, FunctionArn="arn:aws:lambda:us-east-1:1:function:f")
        assert two.list_lambda_functions(**both)["LambdaFunctions"] == []
        create_function(client(other.url, "lambda"), "elsewhere", SHOW_ENVIRONMENT)
        with pytest.raises(ClientError, match="ResourceNotFoundException"):
            client(local_aws.url, "lambda").get_function(FunctionName="elsewhere")
    assert local_aws.is_healthy()


def test_the_instances_of_the_environment_exist_from_the_start(local_aws: LocalAws) -> None:
    instances = client(local_aws.url, "connect").list_instances()["InstanceSummaryList"]
    assert [(i["Arn"], i["InstanceAlias"]) for i in instances] == [(str(INSTANCE), "patchbay-local")]


def test_connect_requests_are_counted_by_method(local_aws: LocalAws) -> None:
    before = connect_calls(local_aws)
    client(local_aws.url, "connect").list_lambda_functions(InstanceId=INSTANCE.instance_id)
    assert connect_calls(local_aws) - before == {"GET": 1}


def connect_calls(aws: LocalAws) -> Counter[str]:
    """So far, by method."""
    with urllib.request.urlopen(f"{aws.url}/_patchbay/connect-calls") as answer:
        return Counter(json.load(answer))


def test_stopping_leaves_no_process_and_no_file(environment: Environment, temporary: Path) -> None:
    with process.running(environment) as aws:
        shown_environment(aws)
        assert len(processes.group(aws.pid)) > 1
        assert any(temporary.iterdir())
    assert processes.until(lambda: not processes.group(aws.pid), 2)
    assert list(temporary.iterdir()) == []
    assert not aws.is_healthy()


def test_stopping_twice_is_harmless(environment: Environment) -> None:
    aws = process.start(environment, attached=True)
    aws.stop()
    aws.stop()


def test_stopping_closes_the_pipes_to_the_server(environment: Environment) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with process.running(environment):
        pass
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_an_error_inside_the_block_ends_it_too(environment: Environment) -> None:
    with pytest.raises(RuntimeError), process.running(environment) as aws:
        raise RuntimeError
    assert not processes.group(aws.pid)


@pytest.fixture
def starter(temporary: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds an attached server, and the server's process id."""
    with subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        server = int(child.stdout.readline())
        try:
            yield child, server
        finally:
            child.kill()
            processes.kill_group(server)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_attached_server_ends_with_its_starter_and_leaves_no_file(
    starter: tuple[subprocess.Popen[str], int], temporary: Path, number: signal.Signals
) -> None:
    child, server = starter
    child.send_signal(number)
    child.wait()
    assert processes.until(lambda: not processes.group(server), 5)
    assert list(temporary.iterdir()) == []


def test_a_detached_server_outlives_its_starter(environment: Environment, temporary: Path) -> None:
    script = STARTER.replace('with process.running(environments.load("local")) as aws:', "if True:").replace(
        "    print(aws", '    aws = process.start(environments.load("local"), attached=False)\n    print(aws'
    )
    ended = script.replace("    time.sleep(600)\n", "    print(aws.port, aws.log, sep='\\n')\n")
    done = subprocess.run([sys.executable, "-c", ended], stdout=subprocess.PIPE, text=True, check=True)
    pid, port, log = done.stdout.split()
    aws = LocalAws(int(pid), int(port), log)
    try:
        assert aws.is_healthy()
    finally:
        aws.stop()
    assert not processes.group(aws.pid)
    assert list(temporary.iterdir()) == []


def test_a_busy_port_is_one_sentence_and_leaves_no_file(
    environment: Environment, local_aws: LocalAws, temporary: Path
) -> None:
    with pytest.raises(UserError) as caught:
        process.start(environment, local_aws.port, attached=True)
    sentence = str(caught.value)
    assert sentence == f"port {local_aws.port} is in use: leave --port out for a free one"
    assert local_aws.is_healthy()
    assert list(temporary.iterdir()) == []


def test_nothing_of_the_users_aws_settings_reaches_a_handler(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as shell:
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_CA_BUNDLE"):
            shell.setenv(name, "of-the-user")
        shell.setenv("AWS_ENDPOINT_URL", "http://192.0.2.1")
        aws = process.start(environment, attached=True)
    try:
        shown = shown_environment(aws)
    finally:
        aws.stop()
    assert "of-the-user" not in shown.values()
    assert "AWS_PROFILE" not in shown
    assert shown["AWS_ENDPOINT_URL"].endswith(f":{aws.port}")


def test_the_shells_proxy_is_not_asked_for_what_runs_here(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urllib.request, "_opener", None)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert local_aws.is_healthy()


@pytest.fixture
def foreign_port() -> Iterator[int]:
    """The port of a program that speaks something else than HTTP."""
    listener = socket.create_server(("127.0.0.1", 0))

    def greet() -> None:
        connection, _ = listener.accept()
        connection.recv(1024)
        connection.sendall(b"SSH-2.0-something\r\n\r\n")
        connection.close()

    thread = threading.Thread(target=greet)
    thread.start()
    yield listener.getsockname()[1]
    thread.join()
    listener.close()


def test_another_program_on_its_port_is_not_it(foreign_port: int) -> None:
    assert not LocalAws(0, foreign_port, "").is_healthy()


@pytest.mark.parametrize("port", [1, 99_999])
def test_nobody_on_its_port_is_not_it(port: int) -> None:
    assert not LocalAws(0, port, "").is_healthy()


def test_a_server_that_dies_at_once_is_one_sentence(
    environment: Environment, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = temporary / "python"
    broken.write_text("#!/bin/sh\necho 'no module named ministack' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(UserError, match="did not start on port any: no module named ministack"):
        process.start(environment, attached=True)
    assert list(temporary.iterdir()) == [broken]
