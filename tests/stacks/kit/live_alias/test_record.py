"""The record fits the alias's Description, and whatever else stands there is not taken for one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live_alias.limits import DESCRIPTION_MAX_CHARS
from live_alias.progress import WHY_MAX_CHARS, Phase, Progress
from live_alias.record import Record, Release, parse
from live_alias.routing import Routing

VERSIONS = st.integers(1, 10**6).map(str)
ROUTINGS = st.builds(
    Routing.of, VERSIONS, st.dictionaries(VERSIONS, st.floats(0, 1, allow_nan=False), max_size=1)
)
RELEASES = st.builds(
    Release,
    VERSIONS,
    st.none() | ROUTINGS,
    st.none() | VERSIONS,
    st.none() | st.text("0123456789abcdef", max_size=8),
    st.text(max_size=256),
)
PROGRESSES = st.builds(
    Progress, st.sampled_from(Phase), st.integers(1, 2**33), st.booleans(), st.text(max_size=300)
)
RECORDS = st.builds(
    Record,
    st.text("0123456789abcdef", min_size=8, max_size=8),
    st.text("0123456789abcdef", max_size=16),
    st.lists(RELEASES, max_size=8).map(tuple),
    st.text("0123456789abcdef", max_size=16),
)
WITH_PROGRESS = st.builds(
    replace,
    RECORDS.filter(lambda record: bool(record.releases)),
    progress=PROGRESSES,
)


@given(RECORDS)
def test_every_record_fits_and_keeps_its_newest_release(record: Record) -> None:
    text = record.description()
    read = parse(text)

    assert len(text) <= DESCRIPTION_MAX_CHARS
    assert read is not None
    assert (read.owner, read.fingerprint, read.judged) == (record.owner, record.fingerprint, record.judged)
    assert len(read.releases) >= min(1, len(record.releases))
    for kept, given_release in zip(read.releases, record.releases, strict=False):
        assert (kept.candidate, kept.before, kept.previous, kept.adopted_from) == (
            given_release.candidate,
            given_release.before,
            given_release.previous,
            given_release.adopted_from,
        )


def test_three_usual_releases_fit() -> None:
    releases = tuple(
        Release(str(n), Routing.of(str(n - 1), {str(n - 2): 0.1}), str(n - 2)) for n in (103, 102, 101)
    )

    read = parse(Record("0123abcd", "f" * 64, releases).description())

    assert read is not None
    assert len(read.releases) >= 2


@given(WITH_PROGRESS)
def test_every_record_with_progress_fits_and_says_where_its_release_stands(record: Record) -> None:
    text = record.description()
    read = parse(text)

    assert len(text) <= DESCRIPTION_MAX_CHARS
    assert read is not None
    assert read.progress is not None
    assert record.progress is not None
    assert replace(read.progress, why="") == replace(record.progress, why="")
    assert record.progress.why.startswith(read.progress.why)
    assert (read.owner, read.fingerprint, read.judged) == (record.owner, record.fingerprint, record.judged)
    newest, given_release = read.releases[0], record.releases[0]
    assert (newest.candidate, newest.previous) == (given_release.candidate, given_release.previous)
    assert newest.adopted_from == given_release.adopted_from
    assert read.stable == record.stable


def test_the_longest_record_of_a_release_keeps_who_it_is_about() -> None:
    before = Routing.of("999998", {"999997": 0.12345678901234568})
    release = Release("999999", before, "999996", "0123abcd", "d" * 200)
    progress = Progress(Phase.START, 1_999_999_999, paused=True, why="w" * 200)

    read = parse(Record("0123abcd", "f" * 64, (release, release), "e" * 16, progress).description())

    assert read is not None
    assert read.progress == replace(progress, why="")
    assert read.releases == (replace(release, before=Routing("999998"), description=""),)


def test_a_usual_release_keeps_its_words_and_the_release_before() -> None:
    releases = (Release("14", Routing("13"), "12"), Release("13", Routing("12"), "11"))
    progress = Progress(Phase.SHIFT, 1_763_000_000, why="first callers")
    record = Record("0123abcd", "f" * 16, releases, progress=progress)

    assert parse(record.description()) == record


def test_long_words_are_cut_before_they_cost_an_earlier_release() -> None:
    releases = (Release("14", Routing("13"), "12"), Release("13", Routing("12"), "11"))
    record = Record("0123abcd", "", releases, progress=Progress(Phase.STOP, 1_763_000_000, why="w" * 200))

    read = parse(record.description())

    assert read is not None
    assert read.releases == releases
    assert read.progress is not None
    assert read.progress.why == "w" * WHY_MAX_CHARS


@given(st.text(max_size=256))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "7",
        "[]",
        '{"patchbay":2,"owner":"a","fingerprint":"b","releases":[]}',
        '{"patchbay":1}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":7}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":["x"]}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[{"to":"live"}]}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[],"release":{"phase":"nap","at":1}}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[],"release":{"phase":"start"}}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[],"release":7}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[{"to":"1","from":"1","weights":[2]}]}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[{"to":"1","from":"1","weights":{"2":"x"}}]}',
    ],
)
def test_json_of_another_shape_is_not_a_record(text: str) -> None:
    assert parse(text) is None
