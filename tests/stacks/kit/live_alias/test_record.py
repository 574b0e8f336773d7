"""The record fits the alias's Description, and whatever else stands there is not taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live_alias.record import DESCRIPTION_MAX_CHARS, Record, Release, parse
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
RECORDS = st.builds(
    Record,
    st.text("0123456789abcdef", min_size=8, max_size=8),
    st.text("0123456789abcdef", max_size=16),
    st.lists(RELEASES, max_size=8).map(tuple),
    st.text("0123456789abcdef", max_size=16),
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
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[{"to":"1","from":"1","weights":[2]}]}',
        '{"patchbay":1,"owner":"a","fingerprint":"b","releases":[{"to":"1","from":"1","weights":{"2":"x"}}]}',
    ],
)
def test_json_of_another_shape_is_not_a_record(text: str) -> None:
    assert parse(text) is None
