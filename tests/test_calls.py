"""Placing calls on an instance of an embedded AWS: names, stubs, the contact."""

import time
from pathlib import Path

import pytest

from patchbay import calls
from patchbay.calls import Caller, Line
from patchbay.errors import UserError
from patchbay.local.process import LocalAws
from tests.local import embedded, instance
from tests.local.embedded import ACCOUNT, FLOW, INSTANCE, PREFERRED
from tests.local.instance import NAME, TUTORIAL, heard

local_aws = embedded.local_aws
environment, aws, line = instance.environment, instance.aws, instance.line


@pytest.mark.parametrize("name", ["tutorial", NAME])
def test_a_flow_is_known_by_its_short_and_its_physical_name(line: Line, name: str) -> None:
    result = line.call(name, Caller())
    assert result.flow == NAME
    assert "Your remaining balance is 1234. Thank you for calling GGG." in heard(result)[1]
    (invocation,) = result.invocations
    assert (invocation.function, invocation.alias, invocation.version) == (NAME, "live", "1")
    assert (invocation.region, invocation.outcome) == (PREFERRED, "success")


def test_an_unknown_flow_is_answered_with_those_that_exist(line: Line) -> None:
    with pytest.raises(UserError) as caught:
        line.call("balance", Caller())
    assert str(caught.value) == (
        "flow 'balance' is not on instance americas: there are patchbay-local-check_balance, "
        "patchbay-local-tutorial, patchbay-local-unlogged; a path to a flow file works too"
    )


def test_a_file_is_called_with_the_environments_arns(line: Line) -> None:
    result = line.call(TUTORIAL, Caller())
    assert result.flow == "tutorial"
    assert result.invocations[0].function == NAME


def test_a_stub_with_a_slip_in_its_name_lets_nothing_run(line: Line, tmp_path: Path) -> None:
    (tmp_path / "stub.json").write_text("{}")
    with pytest.raises(UserError, match="--stub 'tutorail' stands for no function of this call: there are "):
        line.call("tutorial", Caller(), stub=[f"tutorail={tmp_path / 'stub.json'}"])


@pytest.mark.parametrize(
    "function", ["tutorial", NAME, f"arn:aws:lambda:{PREFERRED}:{ACCOUNT}:function:{NAME}"]
)
@pytest.mark.parametrize("flow", ["tutorial", TUTORIAL])
def test_a_stub_stands_for_a_function_by_any_of_its_names(
    line: Line, tmp_path: Path, flow: str, function: str
) -> None:
    file = tmp_path / "stub.json"
    file.write_text('{"customerBalance": "77", "websiteUrl": "www.example.com"}')
    result = line.call(flow, Caller(), stub=[f"{function}={file}"])
    assert "Your remaining balance is 77." in heard(result)[1]
    assert result.invocations[0].version == "stub"


def test_the_contact_begins_with_the_callers_attributes_and_the_instance(line: Line) -> None:
    contact = Caller("CHAT", None, {"language": "fr"}).contact(line.instance)
    assert (contact.channel, contact.customer, contact.system) == ("CHAT", None, None)
    assert (contact.attributes, contact.instance) == ({"language": "fr"}, INSTANCE)


def test_two_contacts_are_two_contacts(line: Line) -> None:
    assert Caller().contact(None).contact_id != Caller().contact(None).contact_id


@pytest.mark.parametrize("channel", ["VOICE", "EMAIL", "CHAT", "TASK"])
def test_a_caller_without_an_address_gets_one_where_the_channel_has_one(channel: str) -> None:
    customer = Caller(channel).contact(None).customer
    assert (customer is None) == (channel in ("CHAT", "TASK"))


def test_the_first_instance_is_taken_where_none_is_named(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", local_aws.url)
    assert calls.line("local", None).instance.name == "americas"
    assert calls.line("local", "americas").instance.name == "americas"


@pytest.mark.parametrize(
    ("flow", "is_path"),
    [("tutorial", False), ("tutorial.json", True), ("flows/tutorial", True), ("./tutorial", True)],
)
def test_a_folder_or_an_ending_makes_a_path(flow: str, is_path: bool) -> None:
    assert calls.is_file(flow) is is_path


def test_a_file_in_this_folder_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exported").write_text(FLOW)
    assert calls.is_file("exported")
    result = calls.offline("exported", Caller(), digits=(), stub=())
    assert (result.flow, result.ended) == ("exported", "disconnected by flow")


def test_a_call_takes_no_longer_than_its_functions(line: Line) -> None:
    started = time.monotonic()
    line.call("unlogged", Caller())
    assert time.monotonic() - started < 2
