"""The plan, the table and the object."""

import json

import pytest

from patchbay import environments
from patchbay.probe import show
from patchbay.probe.answers import Answer, Finding
from patchbay.probe.questions import QUESTIONS
from patchbay.probe.site import Site
from patchbay.rights import PROBING
from tests.probe.fakes import FakeAws, bench_on

DOC = environments.ROOT / "docs" / "probe.md"
ANSWERS = (
    Answer.yes("accepted", "listed"),
    Answer.no("refused", "because " * 20),
    Answer.unknown("not answered", "the right x:Y is missing"),
)
FINDINGS = [Finding(question, answer) for question, answer in zip(QUESTIONS, ANSWERS, strict=False)]


@pytest.mark.parametrize("width", [80, 100, 140])
def test_the_table_fits_the_terminal_and_loses_no_word(width: int) -> None:
    lines = list(show.wrapped(FINDINGS, width))
    assert max(len(text) for text, _ in lines) <= width
    words = " ".join(text for text, _ in lines).split()
    assert words.count("because") == 20
    assert {style for _, style in lines} == {"", "dim", "red", "yellow"}


def test_without_a_terminal_each_question_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    show.answers(FINDINGS, embedded=False)
    out, err = capsys.readouterr()
    heading, first, second, third, empty, summary = out.splitlines()
    assert heading.split("  ")[0] == "question"
    assert [line.rsplit(None, 1)[-1] for line in (first, second, third)] == ["yes", "no", "unknown"]
    assert (empty, err) == ("", "")
    assert summary.startswith("as the design assumes: 1 yes, 1 no, 1 unknown")


def test_the_embedded_aws_is_named_as_what_answered(capsys: pytest.CaptureFixture[str]) -> None:
    show.answers(FINDINGS, embedded=True)
    assert "a real account settles them" in capsys.readouterr().err


def test_the_plan_names_everything_and_fits_100_columns() -> None:
    bench = bench_on(FakeAws(), made=False)
    text = list(show.plan(bench.site, bench.things[:1], embedded=False))
    assert max(len(line) for line in text) <= 100
    whole = "\n".join(text)
    for name in (bench.site.name, bench.site.log_group, str(bench.site.arn), "us-east-1 and us-west-2"):
        assert name in whole
    assert "removes what an earlier run left:\n             contact flow" in whole


def test_the_object_has_every_answer_with_what_was_asked_how_and_assumed() -> None:
    site = Site.of(environments.load("local"), None, None)
    found = json.loads(json.dumps(show.as_dict(site, FINDINGS, ["x is still there"], embedded=True)))
    assert list(found) == [
        "environment", "account", "instance", "regions", "embedded", "note", "answers", "left",
    ]  # fmt: skip
    assert list(found["answers"][0]) == [
        "id", "question", "how", "assumed", "answer", "evidence", "as_assumed",
    ]  # fmt: skip
    assert [one["as_assumed"] for one in found["answers"]] == ["yes", "no", "unknown"]


def test_question_ids_are_different_and_the_page_explains_each() -> None:
    ids = [question.id for question in QUESTIONS]
    assert len(set(ids)) == len(ids)
    page = DOC.read_text()
    assert [name for name in ids if f"`{name}`" not in page] == []


def test_the_page_names_every_right() -> None:
    page = DOC.read_text()
    missing = [right for right in PROBING.values() if right.partition(":")[2] not in page]
    assert missing == []
