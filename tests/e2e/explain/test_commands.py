"""`patchbay explain` and `patchbay logs` on the deployment."""

import contextlib
import io
import json
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from patchbay import environments, main
from patchbay.explain.case import Kind
from patchbay.explain.tailing import PAUSE_SECONDS, Tail
from tests.commands.conftest import Answer
from tests.e2e.by_hand import without_permission
from tests.e2e.explain.conftest import TUTORIAL, Calls

Run = Callable[..., Answer]


@pytest.fixture
def run(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Run:
    """One command, in this process."""
    monkeypatch.setattr(environments.load, "__defaults__", (Path(calls.deployed.root),))
    monkeypatch.setenv("AWS_ENDPOINT_URL", calls.deployed.local.url)

    def command(*arguments: str) -> Answer:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main.run([*arguments, "--env", "local"])
        return Answer(code, out.getvalue(), err.getvalue())

    return command


def test_explain_shows_the_path_block_by_block_with_silence_cause_and_evidence(
    calls: Calls, run: Run
) -> None:
    contact = calls.place(mood="raises", card="hearts")
    calls.cause(contact, Kind.RAISED)
    answer = run("explain", contact)
    assert answer.code == 0
    *_, logging, block, first = [line for line in answer.out.splitlines()[:5]]
    assert logging.startswith(" 0:00.0  block    Logging (SetLoggingBehavior, flow moods-")
    assert block.endswith("patchbay-local-tutorial:live in us-west-2, limit 3.0 s: Error branch")
    assert f"attempt 1: version {calls.version}, Duration" in first
    assert "silence  " in answer.out
    assert "cause    the handler raised KeyError at tutorial/handler.py:12 in answer" in answer.out
    assert "flow log of americas: The Lambda Function Returned An Error. (TimeLimit 3000 ms)" in answer.out
    assert answer.out.splitlines()[-1] == "1 Lambda block, 1 failed: raised"


def test_explain_as_json_has_every_attempt_with_its_lines(calls: Calls, run: Run) -> None:
    contact = calls.place(mood="nested")
    calls.cause(contact, Kind.RESPONSE_REFUSED)
    found: dict[str, Any] = json.loads(run("explain", contact, "--json").out)
    (block,) = [entry["lambda"] for entry in found["entries"] if "lambda" in entry]
    assert found["searched"][0]["log_group"] == "/aws/connect/patchbay-local"
    assert (block["cause"]["kind"], block["cause"]["certain"]) == ("response-refused", True)
    assert [attempt["outcome"] for attempt in block["attempts"]] == ["refused"] * 4
    assert all(attempt["lines"] for attempt in block["attempts"])


def test_a_contact_that_is_nowhere_exits_with_1_and_says_what_was_searched(run: Run) -> None:
    contact = str(uuid.uuid4())
    answer = run("explain", contact)
    assert answer.code == 1
    assert answer.out.startswith(f"contact {contact}: the contact is in no flow log of this environment")
    assert json.loads(run("explain", contact, "--json").out)["found"] is False


def test_recent_groups_failures_by_cause_and_names_an_example_and_the_next_command(
    calls: Calls, run: Run
) -> None:
    raised = [calls.place(mood="raises", card="hearts") for _ in range(2)]
    with without_permission(calls.deployed, TUTORIAL):
        denied = calls.place(mood="good")
        time.sleep(1)
        found = json.loads(run("explain", "--recent", "--since", "15s", "--json").out)
        text = run("explain", "--recent", "--since", "15s")
    groups = {group["cause"]: group for group in found["groups"]}
    assert groups["raised"]["count"] >= len(raised)
    assert (groups["raised"]["function"], groups["raised"]["region"]) == ("tutorial", "us-west-2")
    assert groups["raised"]["version"] == calls.version
    assert groups["raised"]["contact_id"] == raised[-1]
    assert groups["raised"]["next"] == f"patchbay explain {raised[-1]} --env local"
    assert (groups["access-denied"]["contact_id"], groups["access-denied"]["version"]) == (denied, None)
    assert groups["access-denied"]["next"] == "patchbay doctor --env local"
    assert text.code == 0
    assert groups["raised"]["sentence"] in " ".join(text.out.split())


def test_logs_shows_the_requests_of_a_function_over_its_regions(calls: Calls, run: Run) -> None:
    contact = calls.place(mood="good")
    answer = run("logs", "tutorial", "--since", "5s")
    assert answer.code == 0
    (started,) = [line for line in answer.out.splitlines() if contact in line]
    assert f"us-west-2  v{calls.version}" in started
    assert "ok in " in answer.out
    assert "REPORT " in answer.out
    lines = json.loads(run("logs", "tutorial", "--since", "5s", "--json").out)["lines"]
    assert contact in {line["contact_id"] for line in lines}


def test_logs_follows_until_ctrl_c(calls: Calls, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    later: list[str] = []

    def sleep(seconds: float) -> None:
        assert seconds == PAUSE_SECONDS
        if later:
            raise KeyboardInterrupt
        later.append(calls.place(mood="good"))

    monkeypatch.setattr(Tail.looks, "__kwdefaults__", {"sleep": sleep})
    answer = run("logs", "tutorial", "--since", "1s", "--follow", "--json")
    assert answer.code == main.INTERRUPTED
    found = [json.loads(line) for line in answer.out.splitlines()]
    assert later[0] in {line["contact_id"] for line in found}
    assert len({(line["log_stream"], line["message"]) for line in found}) == len(found)
