"""What a written call can say, and what is said of one that cannot be read."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patchbay import scripts
from patchbay.errors import UserError
from patchbay.scripts import reading
from patchbay.scripts.forms import FORMS, Form
from patchbay.scripts.written import (
    AttributeIs,
    ChainAtMost,
    Ends,
    HangsUp,
    Hears,
    Invokes,
    Keys,
    KeysTheCode,
    NeverHears,
    NeverInvokes,
    Notes,
    Receives,
    Says,
    SilenceAtMost,
    What,
)
from patchbay.simulator.given import Given
from patchbay.simulator.participant import Utterance

_SOME = st.text(st.sampled_from('ab12#*"= .:{}<>/\\é') | st.characters(codec="utf-8"), max_size=12)


def _lines(word: str) -> st.SearchStrategy[str]:
    """Lines that begin with a word of the language and go on anyhow."""
    usual = st.sampled_from(["nothing", "is", "=", "at most", "in", "with", "meaning", "up", "8 s", "from"])
    rest = st.lists(usual | _SOME, max_size=5).map(" ".join)
    return rest.map(lambda text: f"{word} {text}")


def parsed(*lines: str) -> scripts.WrittenCall:
    return reading.parse("\n".join(["call front_desk from +14165550044", *lines]), "x.call")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("hears Bienvenue", Hears("Bienvenue")),
        ('hears  "Press 1." ', Hears("Press 1.")),
        ('hears He said "no"', Hears('He said "no"')),
        ("keys 12#", Keys("12#")),
        ("keys nothing", Keys(None)),
        ("keys the code from the text message", KeysTheCode()),
        ('says "I want to pay" meaning PayBill', Says(Utterance("I want to pay", "PayBill"))),
        (
            'says "Pay 42" meaning PayBill with amount = 42 and currency = "CAD"',
            Says(Utterance("Pay 42", "PayBill", {"amount": "42", "currency": "CAD"})),
        ),
        (
            'says "Hi" meaning Greet with names = "Ana and Bo" and note = salt and pepper',
            Says(Utterance("Hi", "Greet", {"names": "Ana and Bo", "note": "salt and pepper"})),
        ),
        ("says nothing", Says(None)),
        ("hangs up", HangsUp()),
        ("receives Your Patchbay code is", Receives("Your Patchbay code is")),
        ("branch 'menu': 1", Notes("branch", "'menu': 1")),
        ("flow flow logging is off", Notes("flow", "flow logging is off")),
        ("invokes customer_lookup", Invokes("customer_lookup")),
        ("invokes tutorial in us-west-2", Invokes("tutorial", "us-west-2")),
        ("invokes tutorial: time-limit", Invokes("tutorial", None, "time-limit")),
        ("invokes tutorial in us-east-1: success", Invokes("tutorial", "us-east-1", "success")),
        ("never hears Sorry", NeverHears("Sorry")),
        ("never invokes pay_bill", NeverInvokes("pay_bill")),
        ("silence at most 8 s", SilenceAtMost(8)),
        ("silence at most 0.5s", SilenceAtMost(0.5)),
        ("chain at most 20 s", ChainAtMost(20)),
        ("attribute language is fr-CA", AttributeIs("language", "fr-CA")),
        ("attribute language is not set", AttributeIs("language", None)),
        ("ends caller hung up", Ends("caller hung up", None)),
        ("ends transferred to queue queue_french", Ends("transferred to queue", "queue_french")),
    ],
)
def test_a_line_is_a_step(line: str, what: What) -> None:
    (step,) = parsed(line).steps
    assert (step.line, step.what) == (2, what)


def test_a_call_begins_as_its_first_lines_say() -> None:
    call = parsed(
        "channel CHAT",
        "attribute language = fr-CA",
        "attribute company = The Bank = Us",
        "hours closed",
        "pace 0.2",
        "allow effects",
        "given Check staffing = 0",
        "given GetCustomerProfile = MultipleFound with Customer.Name.First = Ana and Case.status = open",
    )
    assert (call.flow, call.address, call.channel) == ("front_desk", "+14165550044", "CHAT")
    assert call.attributes == {"language": "fr-CA", "company": "The Bank = Us"}
    assert (call.hours_open, call.pace, call.allow_effects) == (False, 0.2, True)
    assert call.given == {
        "Check staffing": Given("0"),
        "GetCustomerProfile": Given(
            "MultipleFound", {"Customer": {"Name": {"First": "Ana"}}, "Case": {"status": "open"}}
        ),
    }


def test_a_call_without_more_is_an_open_voice_call_at_full_speed() -> None:
    call = reading.parse("call front_desk", "calls/front.call")
    assert (call.title, call.address, call.channel) == ("front", None, "VOICE")
    assert (call.hours_open, call.pace, call.allow_effects, call.stubs) == (True, 0.0, False, ())


def test_the_first_comment_is_the_title() -> None:
    assert (
        reading.parse("\n# A member calls.\n# At night.\ncall front_desk", "x.call").title
        == "A member calls."
    )


@pytest.mark.parametrize(("flow", "needs"), [("front_desk", True), ("menu.json", False)])
def test_a_call_of_a_file_needs_no_environment(tmp_path: Path, flow: str, needs: bool) -> None:
    (tmp_path / "menu.json").write_text("{}")
    assert reading.parse(f"call {flow}", str(tmp_path / "x.call")).needs_environment is needs


def test_files_are_found_beside_the_call_or_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "calls"
    (folder / "answers").mkdir(parents=True)
    (tmp_path / "menu.json").write_text("{}")
    (tmp_path / "answers").mkdir()
    for near in (tmp_path, folder):
        (near / "answers" / "ana.json").write_text("{}")
    text = "call menu.json\nstub customer_lookup = answers/ana.json"
    call = reading.parse(text, str(folder / "x.call"))
    assert call.flow == str(tmp_path / "menu.json")
    assert call.stubs == (f"customer_lookup={folder / 'answers' / 'ana.json'}",)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            ["hear Hello"],
            "x.call:2: 'hear Hello' begins with none of the words of a written call: call, channel, "
            "attribute, hours, pace, stub, allow, given, hears, keys, says, hangs, receives, branch, flow, "
            "invokes, never, silence, chain, ends",
        ),
        (
            ["", "keys two"],
            "x.call:3: 'keys two' cannot be read: write 'keys nothing' or "
            "'keys the code from the text message' or 'keys 12#'",
        ),
        (["hears"], "x.call:2: 'hears' cannot be read: write 'hears TEXT'"),
        (["silence at most 8 minutes"], "cannot be read: write 'silence at most 8 s'"),
        (["ends happily"], "a call ends disconnected by flow | transferred to queue"),
        (["invokes tutorial: fine"], "an outcome is one of success, access-denied"),
        (["channel FAX"], "'channel FAX' cannot be read: write 'channel CHAT'"),
        (["call tutorial"], "x.call: a written call has one line 'call FLOW from +14165550044', this has 2"),
        (
            ["stub tutorial = no.json"],
            "x.call:2: there is no file no.json beside the written call or in a folder",
        ),
        (["hangs up", "keys 1"], "x.call:3: 'keys 1' comes after the caller hangs up"),
    ],
)
def test_a_line_that_cannot_be_read_is_one_sentence(lines: list[str], sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        parsed(*lines)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_calls_nobody_is_one_sentence() -> None:
    with pytest.raises(UserError, match=r"has one line 'call FLOW from \+14165550044', this has 0"):
        reading.parse("hears Hello", "x.call")


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_a_file_that_is_not_there_or_no_text_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.call"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"cannot read the written call .*x\.call: "):
        scripts.load(path)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.usage)
def test_what_a_complaint_proposes_can_be_read(form: Form, tmp_path: Path) -> None:
    usage = form.usage
    (tmp_path / "FILE.json").write_text("{}")
    line = usage.replace("OUTCOME", "success").replace("REGION", "us-west-2")
    before = "" if line.startswith("call ") else "call FLOW\n"
    read = reading.parse(before + line, str(tmp_path / "x.call"))
    assert read.flow == "FLOW"


def read_or_refused(text: str) -> str:
    try:
        return reading.parse(text, "x.call").flow
    except UserError as error:
        return str(error)


@given(st.lists(st.sampled_from([form.word for form in FORMS]).flatmap(_lines), max_size=4))
@settings(max_examples=80, deadline=None)
def test_whatever_is_written_is_read_or_refused_in_one_sentence(lines: list[str]) -> None:
    answer = read_or_refused("\n".join(lines))
    assert answer
    assert answer.splitlines() == [answer]
