"""Placing calls on an instance of an embedded AWS: names, stubs, the contact, the phone."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from patchbay import calls
from patchbay.calls import Caller, Line
from patchbay.errors import UserError
from patchbay.local.process import LocalAws
from patchbay.scripts import play, reading
from patchbay.simulator.given import Given
from patchbay.simulator.participant import Prepared
from patchbay.simulator.transcript import Entry, Who
from tests.local import embedded, instance
from tests.local.embedded import ACCOUNT, INSTANCE, PREFERRED
from tests.local.instance import NAME, TUTORIAL, heard
from tests.simulator.world import block, says, text

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
    known = sorted(line.environment.names.flow(flow) for flow in (*line.instance.flows, "unlogged"))
    assert str(caught.value) == (
        f"flow 'balance' is not on instance americas: there are {', '.join(known)}; "
        "a path to a flow file works too"
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


def test_a_stub_can_stand_for_a_function_in_one_region_alone(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "stub.json"
    file.write_text('{"customerBalance": "77", "websiteUrl": "www.example.com"}')
    preferred, other = (
        line.call("tutorial", Caller(), stub=[f"tutorial in {region}={file}"]).invocations[0]
        for region in (PREFERRED, "us-east-1")
    )
    assert (preferred.version, preferred.region) == ("stub", PREFERRED)
    assert (other.version, other.region) == ("1", PREFERRED)


def test_a_stub_for_a_region_without_functions_is_one_sentence(line: Line) -> None:
    with pytest.raises(
        UserError, match="americas has its functions in us-west-2, us-east-1, not in 'eu-west-2'"
    ):
        line.call("tutorial", Caller(), stub=["tutorial in eu-west-2=stub.json"])


BOTH_REGIONS = text(
    block(
        "ask",
        "InvokeLambdaFunction",
        {"LambdaFunctionARN": "{{function:tutorial}}", "InvocationTimeLimitSeconds": "3"},
        next_="ask again",
        errors={"NoMatchingError": "ask again"},
    ),
    block(
        "ask again",
        "InvokeLambdaFunction",
        {"LambdaFunctionARN": "{{function:tutorial:fallback}}", "InvocationTimeLimitSeconds": "3"},
        next_="hello",
        errors={"NoMatchingError": "hello"},
    ),
    says("hello", "Hello."),
)


@pytest.mark.parametrize(
    ("stubbed", "stubs"),
    [
        (["{{function:tutorial}}"], [True, False]),
        (["{{function:tutorial:fallback}}"], [False, True]),
        (["{{function:tutorial}}", "{{function:tutorial:fallback}}"], [True, True]),
    ],
)
def test_a_stub_can_stand_for_a_placeholder_of_the_flow(
    line: Line, tmp_path: Path, stubbed: list[str], stubs: list[bool]
) -> None:
    file, flow = tmp_path / "stub.json", tmp_path / "flow.json"
    file.write_text('{"customerBalance": "77"}')
    flow.write_text(BOTH_REGIONS)
    result = line.call(str(flow), Caller(), stub=[f"{name}={file}" for name in stubbed])
    assert [invocation.version == "stub" for invocation in result.invocations] == stubs
    assert [invocation.region for invocation in result.invocations] == [PREFERRED, "us-east-1"]


@pytest.mark.parametrize(
    "name", ["{{function:tutorail}}", "{{function:tutorial:third}}", "{{function:tutorial}} in us-east-1"]
)
def test_a_stub_for_no_placeholder_of_a_function_is_one_sentence(line: Line, name: str) -> None:
    with pytest.raises(UserError, match="stands for no function of this call: there are "):
        line.call("tutorial", Caller(), stub=[f"{name}=stub.json"])


def test_resources_have_their_keys(line: Line) -> None:
    arn = line.instance.resources["queue_support"]
    assert line.resource_keys[arn] == "queue_support"
    twice = line.instance.model_copy(update={"resources": {"first": arn, "second": arn}})
    assert replace(line, instance=twice).resource_keys == {arn: "first"}


def test_the_contact_begins_with_the_callers_attributes_and_the_instance(line: Line) -> None:
    contact = Caller("CHAT", None, {"language": "fr"}).contact(line.instance)
    assert (contact.channel, contact.customer, contact.system) == ("CHAT", None, None)
    assert (contact.attributes, contact.instance) == ({"language": "fr"}, INSTANCE)


def test_two_contacts_are_two_contacts(line: Line) -> None:
    assert Caller().contact(None).contact_id != Caller().contact(None).contact_id


def test_the_first_instance_is_taken_where_none_is_named(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", local_aws.url)
    assert calls.line("local", None).instance.name == "americas"
    assert calls.line("local", "americas").instance.name == "americas"


def test_a_call_takes_no_longer_than_its_functions(line: Line) -> None:
    started = time.monotonic()
    line.call("unlogged", Caller())
    assert time.monotonic() - started < 2


class Texted(Prepared):
    """Gets a text message while the first prompt is heard, as if a function had sent it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.sns = embedded.client(url, "sns", PREFERRED)
        self.told: list[Entry] = []

    def hears(self, entry: Entry) -> None:
        self.told.append(entry)
        if entry.who is Who.PROMPT and len(self.told) < 5:
            self.sns.publish(PhoneNumber="+14165550044", Message="Your Patchbay code is 123456")


def test_the_callers_phone_gets_its_text_messages(line: Line, local_aws: LocalAws) -> None:
    caller = Texted(local_aws.url)
    result = line.call("tutorial", Caller(address="+14165550044"), participant=caller)
    messages = [entry.text for entry in result.transcript if entry.who is Who.PHONE]
    assert messages == ["text message: Your Patchbay code is 123456"]
    assert caller.told == list(result.transcript)


def test_another_callers_phone_stays_quiet(line: Line, local_aws: LocalAws) -> None:
    result = line.call("tutorial", Caller(address="+14165550011"), participant=Texted(local_aws.url))
    assert not [entry for entry in result.transcript if entry.who is Who.PHONE]


@pytest.mark.parametrize("channel", ["CHAT", "EMAIL"])
def test_a_contact_without_a_number_has_no_phone_to_look_at(line: Line, channel: str) -> None:
    assert line.call("tutorial", Caller(channel)).ended == "disconnected by flow"


def test_a_call_can_be_told_its_circumstances(line: Line, tmp_path: Path) -> None:
    staffed = (
        block(
            "hours",
            "CheckHoursOfOperation",
            conditions=[("Equals", "False", "staffed")],
            errors={"NoMatchingError": "sorry"},
        ),
        block(
            "staffed",
            "CheckMetricData",
            {"MetricType": "NumberOfAgentsStaffed"},
            conditions=[("NumberGreaterThan", "0", "hello")],
            errors={"NoMatchingError": "sorry"},
        ),
    )
    (tmp_path / "flow.json").write_text(text(*staffed, says("hello", "Hello.")))
    result = line.call(
        str(tmp_path / "flow.json"), Caller(), hours_open=False, given={"staffed": Given("3")}, pace=0.001
    )
    assert heard(result) == ["Hello."]


def test_a_written_call_is_played_on_an_environment(line: Line) -> None:
    call = reading.parse(
        "call tutorial from +14165550044\n"
        "hears Your remaining balance is 1234.\n"
        f"invokes tutorial in {PREFERRED}: success\n"
        "silence at most 8 s\n"
        "attribute MyBalance is 1234\n"
        "ends disconnected by flow",
        "x.call",
    )
    result, misses = play(call, line)
    assert (result.flow, misses) == (NAME, [])
