"""One contact across two versions of a function: during a release, each of its blocks may meet either."""

import importlib
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from common.tables import table
from tests.lambdas.invocations import CONTACT_ID, LAMBDAS, contact_event, lambda_context

pytestmark = pytest.mark.usefixtures("seeded_tables")

Version = Callable[[Mapping[str, Any]], dict[str, Any]]
"""Takes a block's parameters, gives the answer."""

TRANSFER = {
    "operation": "fundsTransfer",
    "fromAccount": "Savings",
    "toAccount": "Checking",
    "amount": "18.19",
}

NEWER = {
    "account_service": [
        (
            "common/done_once.py",
            '"answer": json.dumps(answer),',
            '"answer": json.dumps(answer), "channel": "VOICE",',
        ),
        ("account_service/store.py", '_CHANGE = "SET ', '_CHANGE = "SET risk_class = :new_checking, '),
        ("account_service/logic.py", 'Result="Success",', 'Result="Success", Receipt="R-1",'),
    ],
    "one_time_password": [
        ("one_time_password/store.py", '"attempts": 0,', '"attempts": 0, "language": "fr-CA",'),
        ("one_time_password/store.py", '"ADD attempts :one"', '"ADD attempts :one, tones :one"'),
    ],
}
"""What version 2 of each does differently: it writes more than version 1 knows of."""


def both_orders(function: str) -> pytest.MarkDecorator:
    """The test's `versions` are the two of `function`, once in each order."""
    orders = [(function, False), (function, True)]
    return pytest.mark.parametrize("versions", orders, ids=["newer second", "newer first"], indirect=True)


@pytest.fixture
def versions(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    as_deployed: Callable[[str], None],
) -> list[Version]:
    """Version 1 and the newer one of the function that the test names, in the order that it names."""
    function, newer_first = request.param
    as_deployed(function)
    found = [loaded(function, LAMBDAS), loaded(function, newer(function, tmp_path))]
    return found[::-1] if newer_first else found


def newer(function: str, folder: Path) -> Path:
    """A copy of what is packed for the function, with the changes of NEWER."""
    for package in (function, "common"):
        shutil.copytree(LAMBDAS / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file, before, after in NEWER[function]:
        path = folder / file
        source = path.read_text(encoding="utf-8")
        assert before in source
        path.write_text(source.replace(before, after), encoding="utf-8")
    return folder


def loaded(function: str, folder: Path) -> Version:
    """The packages in `folder`, beside whatever of the same name is loaded already."""
    loaded_before = {name: sys.modules.pop(name) for name in list(sys.modules) if of(function, name)}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        module = importlib.import_module(f"{function}.handler")
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if of(function, name)]:
            del sys.modules[name]
        sys.modules.update(loaded_before)
    assert str(module.__file__).startswith(str(folder))

    def invoke(parameters: Mapping[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(
            json.dumps(module.handler(contact_event(dict(parameters)), lambda_context()))
        )
        return answer

    return invoke


def of(function: str, module: str) -> bool:
    return module.partition(".")[0] in (function, "common")


def held() -> tuple[int, bool]:
    item: dict[str, Any] = table("accounts").get_item(Key={"customer_id": "C-1001"})["Item"]
    return int(item["savings_cents"]), item["card_locked"]


@both_orders("account_service")
@pytest.mark.parametrize("request_", [TRANSFER, {"operation": "lockCard"}], ids=["transfer", "lock"])
def test_a_request_that_one_version_did_is_known_to_the_other(
    versions: list[Version], request_: dict[str, str]
) -> None:
    first, second = versions
    answer = first(request_)
    after = held()
    assert answer["status"] == "ok"
    assert second({**request_, "operation": "requestState", "of": request_["operation"]}) == {
        **answer,
        "requestState": "done",
    }
    assert [second(request_), first(request_)] == [answer, answer]
    assert held() == after != (301_819, False)


@both_orders("account_service")
def test_an_account_that_one_version_changed_is_changed_further_by_the_other(versions: list[Version]) -> None:
    first, second = versions
    first(TRANSFER)
    second({**TRANSFER, "amount": "20"})
    first({**TRANSFER, "amount": "30"})
    second({"operation": "lockCard"})
    assert held() == (301_819 - 1_819 - 2_000 - 3_000, True)
    assert first({"operation": "checkBalance"})["Balance"] == second({"operation": "checkBalance"})["Balance"]


@both_orders("account_service")
def test_what_only_the_newer_version_writes_is_kept_by_the_older(versions: list[Version]) -> None:
    first, second = versions
    first(TRANSFER)
    second({**TRANSFER, "amount": "20"})
    item = table("accounts").get_item(Key={"customer_id": "C-1001"})["Item"]
    assert "risk_class" in item


PASSWORD = {"customerId": "C-1001"}
ISSUE = {"operation": "issue", **PASSWORD}
STATE = {"operation": "state", **PASSWORD}


def codes() -> list[str]:
    """Those that went out."""
    sent = sns_backends[DEFAULT_ACCOUNT_ID]["us-west-2"].sms_messages.values()
    return [text[-6:] for _, text in sent]


def verify(code: str) -> dict[str, str]:
    return {"operation": "verify", "code": code, **PASSWORD}


@both_orders("one_time_password")
def test_a_code_that_one_version_issued_is_sent_once_and_verified_once_by_either(
    versions: list[Version],
) -> None:
    first, second = versions
    answers = [first(ISSUE), second(ISSUE), first(ISSUE)]
    assert answers == [{"status": "ok", "sent": "true"}] * 3
    (code,) = codes()
    assert second(STATE)["issued"] == "true"
    wrong = verify(f"{(int(code) + 1) % 1_000_000:06}")
    assert [second(wrong)["attemptsLeft"], first(wrong)["attemptsLeft"]] == ["2", "1"]
    assert second(verify(code))["verified"] == "true"
    assert [first(verify(code))["verified"], second(verify(code))["verified"]] == ["false", "false"]


@both_orders("one_time_password")
def test_two_versions_together_give_three_attempts(versions: list[Version]) -> None:
    first, second = versions
    first(ISSUE)
    (code,) = codes()
    wrong = verify(f"{(int(code) + 1) % 1_000_000:06}")
    assert [version(wrong)["attemptsLeft"] for version in (second, first, second)] == ["2", "1", "0"]
    assert first(verify(code))["verified"] == "false"
    record = table("one_time_passwords").get_item(Key={"password_id": f"code#{CONTACT_ID}"})["Item"]
    assert record["attempts"] == 3
    assert "used_at" not in record
