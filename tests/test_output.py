"""What is printed where."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from patchbay import output, transcripts
from patchbay.simulator.transcript import CallResult, Entry, Who

Capture = pytest.CaptureFixture[str]
LONG = "arn:aws:lambda:us-west-2:111122223333:function:" + "x" * 300


def test_data_goes_to_standard_output_and_the_rest_to_standard_error(capsys: Capture) -> None:
    output.line("a line")
    output.data({"a": 1})
    output.note("a note")
    output.error("a complaint")
    out, err = capsys.readouterr()
    assert out == 'a line\n{\n  "a": 1\n}\n'
    assert err == "a note\npatchbay: a complaint\n"


@pytest.mark.parametrize(
    "text", ["[bold]press[/bold] 1", "[/]", ":smile:", LONG, "1,234.50 EUR 'x' https://a.b"]
)
def test_text_is_printed_as_it_is(capsys: Capture, text: str) -> None:
    output.line(text, "bold")
    output.note(text)
    output.error(text)
    out, err = capsys.readouterr()
    assert out == f"{text}\n"
    assert err == f"{text}\npatchbay: {text}\n"


def test_json_is_whole_whatever_it_holds(capsys: Capture) -> None:
    value = {"text": "[red]Zoë[/red] :smile:", "arn": LONG, "nested": {"list": [1, None, True]}}
    output.data(value)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert "Zoë" in out
    assert list(json.loads(out)) == list(value)


def test_a_table_is_aligned_and_never_cut(capsys: Capture) -> None:
    output.table(("name", "what"), [("short", "[a]"), (LONG, "b"), ("x", LONG)])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[0].split() == ["name", "what"]
    assert [line.split() for line in lines[1:]] == [["short", "[a]"], [LONG, "b"], ["x", LONG]]
    assert (
        len(
            {line.index(word) for line, word in zip(lines, ("what", "[a]", "b"), strict=False) if word != "b"}
        )
        == 1
    )


def test_an_empty_table_is_its_heading(capsys: Capture) -> None:
    output.table(("name", "what"), [])
    assert capsys.readouterr().out.split() == ["name", "what"]


def test_a_step_tells_its_beginning_its_news_and_its_time(capsys: Capture) -> None:
    with output.step("deploying") as report:
        report("CREATE_IN_PROGRESS of something")
        report(" ✅  patchbay-local-functions")
    out, err = capsys.readouterr()
    assert out == ""
    first, news, last = err.splitlines()
    assert first == "deploying ..."
    assert "✅  patchbay-local-functions" in news
    assert last.startswith("deploying: ")
    assert last.endswith(" s")


def test_a_step_that_fails_claims_no_success(capsys: Capture) -> None:
    with pytest.raises(RuntimeError), output.step("deploying"):
        raise RuntimeError
    assert capsys.readouterr().err == "deploying ...\n"


@pytest.fixture
def result() -> CallResult:
    return CallResult(
        contact_id="1234",
        flow="tutorial",
        transcript=(
            Entry(0, Who.PROMPT, "Hello, [bold]caller[/bold]."),
            Entry(61_250, Who.SILENCE, "1.2 s of silence: lookup"),
        ),
        invocations=(),
        attributes={},
        ended="disconnected by flow",
    )


def test_a_transcript_shows_the_clock_who_and_what(capsys: Capture, result: CallResult) -> None:
    transcripts.show(result)
    assert capsys.readouterr().out.splitlines() == [
        "flow tutorial, contact 1234",
        " 0:00.0  prompt   Hello, [bold]caller[/bold].",
        " 1:01.2  silence  1.2 s of silence: lookup",
        "ended: disconnected by flow",
    ]


def test_a_transcript_shows_names_in_place_of_arns(capsys: Capture, result: CallResult) -> None:
    told = replace(
        result, transcript=(Entry(0, Who.FLOW, "queue arn:q/1, then arn:q/12"),), ended="to arn:q/1"
    )
    names = {"arn:q/1": "queue_french"}
    transcripts.show(told, names)
    transcripts.show_end(told, names)
    out = capsys.readouterr().out
    assert "queue queue_french, then arn:q/12" in out
    assert out.count("ended: to queue_french\n") == 2


@pytest.mark.parametrize("text", ["arn:q/1", "arn:q/1.", "'arn:q/1', and", "(arn:q/1)"])
def test_a_name_stands_wherever_the_whole_arn_does(text: str) -> None:
    names = {"arn:q/1": "french", "arn:q/1/2": "other"}
    assert transcripts.named(text, names) == text.replace("arn:q/1", "french")
    assert transcripts.named("arn:q/1/2", names) == "other"


@pytest.mark.parametrize("text", ["arn:q/12", "arn:q/1/3", "arn:q/1:live", "arn:q/1-2"])
def test_an_arn_that_only_begins_alike_stays(text: str) -> None:
    assert transcripts.named(text, {"arn:q/1": "french"}) == text


@pytest.mark.parametrize("who", list(Who))
def test_every_kind_of_line_can_be_shown(capsys: Capture, who: Who) -> None:
    transcripts.show(CallResult("1", "f", (Entry(0, who, "words"),), (), {}, "flow ended"))
    assert "words" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("at_ms", "shown"),
    [(0, " 0:00.0"), (99, " 0:00.0"), (3_250, " 0:03.2"), (59_999, " 0:59.9"), (754_000, "12:34.0")],
)
def test_the_clock_counts_minutes_seconds_and_tenths(at_ms: int, shown: str) -> None:
    assert transcripts.clock(at_ms) == shown


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> io.StringIO:
    shown = io.StringIO()
    console = Console(
        file=shown, force_terminal=True, color_system=None, width=width, highlight=False, soft_wrap=True
    )
    monkeypatch.setattr(output, "_out", console)
    return shown


@pytest.mark.parametrize("width", [80, 120])
def test_lines_shown_one_by_one_stand_below_each_other_and_wrap_in_their_column(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    shown = on_a_terminal(monkeypatch, width)
    for entry in (Entry(0, Who.FLOW, "short"), Entry(61_250, Who.SILENCE, "long words " * 20)):
        transcripts.show_entry(entry)
    first, second, *wrapped = (line.rstrip() for line in shown.getvalue().splitlines())
    assert first == " 0:00.0  flow     short"
    assert second.startswith(" 1:01.2  silence  long words")
    assert wrapped
    assert all(line.startswith(" " * 18) and line[18] != " " and len(line) <= width for line in wrapped)


def test_a_question_stands_in_the_column_of_who(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read(prompt: str) -> str:
        asked.append(prompt)
        return " 12# "

    monkeypatch.setattr("builtins.input", read)
    assert output.ask("keys>") == "12#"
    assert asked == ["         keys>    "]


def test_on_a_terminal_what_stands_beside_a_lead_goes_on_below_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = on_a_terminal(monkeypatch, 20)
    output.beside((("  FAIL  ", ""),), (("here: ", ""), ("it is gone", "")))
    assert [line.rstrip() for line in shown.getvalue().splitlines()] == [
        "  FAIL  here: it is",
        "        gone",
    ]


def test_without_a_terminal_it_is_one_line(capsys: Capture) -> None:
    output.beside((("  FAIL  ", ""),), ((LONG, ""),))
    assert capsys.readouterr().out == f"  FAIL  {LONG}\n"


def test_nobody_can_be_asked_without_a_terminal() -> None:
    assert not output.converses()


def test_the_end_of_a_call_that_was_shown_already_names_the_contact(
    capsys: Capture, result: CallResult
) -> None:
    transcripts.show_end(result)
    assert capsys.readouterr().out == "ended: disconnected by flow\nflow tutorial, contact 1234\n"


def test_an_error_branch_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    styles: list[str] = []
    monkeypatch.setattr(output, "script", lambda lines: styles.extend(style for *_, style in lines))
    for text in (
        "'look': Success branch, to 'greet'",
        "'look': Error branch (NoMatchingError), to 'sorry': x",
    ):
        transcripts.show_entry(Entry(0, Who.BRANCH, text))
    assert styles == ["dim", "red"]
