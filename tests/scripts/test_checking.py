"""What is held against a call, and how a call that goes otherwise is told."""

from pathlib import Path

import pytest

from patchbay.scripts import check, reading
from patchbay.simulator.transcript import CallResult, Entry, Invocation, Who
from tests.scripts import world
from tests.scripts.world import missed, played

folder = world.folder


def test_a_call_that_goes_as_written_misses_nothing(folder: Path) -> None:
    result, misses = played(
        folder,
        "hears   Welcome.",
        "keys    nothing",
        "hears   Too late.",
        "hears   Press one.",
        "keys    9",
        "hears   No such choice.",
        "keys    1",
        "branch  'look': Success branch",
        "hears   Hello, Luc.",
        "hears   Goodbye, Luc.",
        "flow    the working queue is",
        "invokes lookup: success",
        "never hears Sorry",
        "never invokes pay_bill",
        "attribute name is Luc",
        "attribute language is not set",
        "silence at most 5 s",
        "chain at most 2.5 s",
        "ends    transferred to queue queue_french",
    )
    assert misses == []
    assert result.ended == "transferred to queue"


@pytest.mark.parametrize(
    ("line", "happened"),
    [
        ("hears Bonjour", 'next came "Welcome. Press one."'),
        (
            "hears Hello, Lou. Goodbye, Lou.",
            'next came "Welcome. Press one.", and later "Hello, Luc. Goodbye, Luc."',
        ),
        ("never hears Welcome", 'heard "Welcome. Press one."'),
        ("never invokes lookup", "it ran: {{function:lookup}}: success"),
        ("invokes pay_bill", "next {{function:lookup}}: success"),
        ("invokes lookup: throttled", "next {{function:lookup}}: success"),
        ("invokes lookup in us-west-2", "next {{function:lookup}}: success"),
        ("branch 'menu': 2", "next came \"'menu': 1, to 'look'\""),
        ("flow a flow of another kind", "next came \"attributes: name = 'Luc'\""),
        ("receives Your code", "nothing more came"),
        ("attribute name is Ana", 'it is "Luc"'),
        ("attribute name is not set", 'it is "Luc"'),
        ("attribute language is fr-CA", "it is not set"),
        ("silence at most 2 s", "the longest was 2.5 s"),
        ("chain at most 2.4 s", "the longest was 2.5 s"),
        ('says "Hello" meaning Greet', "the flow did not listen for it here"),
        (
            "ends transferred to queue queue_cards",
            "it ended transferred to queue: the contact waits in the queue {{resource:queue_french}}",
        ),
        (
            "ends disconnected by flow",
            "it ended transferred to queue: the contact waits in the queue {{resource:queue_french}}",
        ),
    ],
)
def test_what_happened_otherwise_is_told(folder: Path, line: str, happened: str) -> None:
    assert missed(folder, line, "keys 1") == [happened]


def test_every_line_that_did_not_come_true_is_told_with_its_place(folder: Path) -> None:
    misses = played(folder, "hears Bonjour", "keys 1", "hears Hello", "", "attribute name is Ana")[1]
    path = folder / "menu.call"
    assert [str(miss) for miss in misses] == [
        f'{path}:3: hears Bonjour: next came "Welcome. Press one."',
        f'{path}:7: attribute name is Ana: it is "Luc"',
    ]


def test_prompts_come_in_the_order_of_the_script(folder: Path) -> None:
    assert missed(folder, "keys 1", "hears Hello", "hears Welcome") == [
        'next came ", Luc. Goodbye, Luc." (it was heard before)'
    ]


def test_two_texts_may_be_in_one_prompt_but_not_one_text_twice(folder: Path) -> None:
    assert missed(folder, "hears Welcome.", "hears Press one.", "keys 1", "hears Goodbye") == []
    assert missed(folder, "hears Press", "hears Press", "keys 1") != []


def test_a_prompt_is_heard_after_the_keys_before_it(folder: Path) -> None:
    assert missed(folder, "keys 1", "hears Welcome", "hears Hello") == [
        'next came "Hello, Luc. Goodbye, Luc." (it was heard before)'
    ]


def test_keys_that_nobody_asked_for_are_told(folder: Path) -> None:
    assert missed(folder, "keys 1", "keys 4711") == ["the flow did not ask for it here"]


def test_keys_that_were_asked_for_where_nothing_was_to_be_keyed_are_told(folder: Path) -> None:
    assert missed(folder, "keys 1", "keys nothing") == ["the flow did not ask for it here"]


def test_a_caller_who_found_no_question_to_hang_up_at_is_told(folder: Path) -> None:
    assert missed(folder, "keys 1", "hangs up") == ["the call was over before: transferred to queue"]


def test_a_code_without_a_text_message_is_told(folder: Path) -> None:
    assert missed(folder, "keys the code from the text message", "keys 1") == ["no text message came"]


def result(
    *transcript: Entry, invocations: tuple[Invocation, ...] = (), ended: str = "flow ended"
) -> CallResult:
    return CallResult("contact-1", "front_desk", transcript, invocations, {}, ended)


def checked(line: str, came: CallResult, **resources: str) -> list[str]:
    call = reading.parse(f"call front_desk\n{line}", "x.call")
    return [miss.happened for miss in check(call, came, resources)]


def test_a_queue_is_known_by_its_key() -> None:
    arn = "arn:aws:connect:us-east-1:111122223333:instance/i/queue/french"
    came = result(Entry(0, Who.FLOW, f"the contact waits in the queue {arn}"), ended="transferred to queue")
    assert checked("ends transferred to queue queue_french", came, queue_french=arn) == []
    assert checked("ends transferred to queue queue_french", came, queue_french=f"{arn}/other") != []


def test_a_function_is_known_by_its_short_and_its_physical_name_and_in_its_region() -> None:
    invocation = Invocation("patchbay-local-tutorial", "live", "1", "us-west-2", 1, 12, "success", None)
    came = result(invocations=(invocation,))
    assert checked("invokes tutorial in us-west-2: success", came) == []
    assert checked("invokes patchbay-local-tutorial", came) == []
    assert checked("invokes tutorial in us-east-1", came) == [
        "next patchbay-local-tutorial in us-west-2: success"
    ]
    assert checked("invokes torial", came) != []


def test_functions_are_invoked_in_the_order_of_the_script() -> None:
    one, two = (Invocation(name, None, None, None, 1, 12, "success", None) for name in ("one", "two"))
    assert checked("invokes one\ninvokes two", result(invocations=(one, two))) == []
    assert checked("invokes two\ninvokes one", result(invocations=(one, two))) == ["nothing more was invoked"]


def test_a_text_message_and_its_code_are_part_of_the_call() -> None:
    came = result(
        Entry(0, Who.PHONE, "text message: Your Patchbay code is 123456"),
        Entry(0, Who.PROMPT, "Key the code."),
        Entry(0, Who.CALLER, "keys 123456"),
    )
    lines = "hears Key\nkeys the code from the text message\nreceives Your Patchbay code is"
    assert checked(lines, came) == []


def test_words_to_a_bot_are_part_of_the_call() -> None:
    came = result(Entry(0, Who.CALLER, "says 'pay my bill'"))
    assert checked('says "pay my bill" meaning PayBill', came) == []


def test_a_long_prompt_is_cut_in_the_complaint() -> None:
    came = result(Entry(0, Who.PROMPT, "x" * 300))
    (happened,) = checked("hears y", came)
    assert len(happened) < 130
