"""The id of a search in the background."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.order_searches import RUN_SECONDS, SearchId
from tests.lambdas.invocations import CONTACT_ID

NOW = 1_800_000_000.9


def test_the_id_names_the_contact_and_its_own_deadline() -> None:
    search = SearchId.of(CONTACT_ID, "C-1002", NOW)
    assert search.deadline == int(NOW) + RUN_SECONDS
    assert str(search).startswith(f"{CONTACT_ID}.")
    assert str(search).endswith(f".{search.deadline}")
    assert "C-1002" not in str(search)


def test_contacts_and_customers_have_searches_of_their_own() -> None:
    pairs = [
        ("one", "C-1"),
        ("one", "C-2"),
        ("two", "C-1"),
        ("é", "C-1"),
        ("\ud800", "C-1"),
        ("x" * 999, "C-1"),
    ]
    assert len({SearchId.of(contact, customer, NOW).key for contact, customer in pairs}) == len(pairs)


@settings(max_examples=100, deadline=None)
@given(contact=st.text(st.characters()), customer=st.text(), now=st.integers(1_500_000_000, 4_000_000_000))
def test_an_id_reads_back_as_it_is_written(contact: str, customer: str, now: int) -> None:
    search = SearchId.of(contact, customer, now)
    assert SearchId.parse(str(search)) == search


@pytest.mark.parametrize(
    "text", [None, "", "none", "a.b", f"{CONTACT_ID}.0123456789ab", "../x.0123456789ab.1800000000",
             "x.0123456789ab.18000000000", "x.0123456789ab.1800000000\n", "x.0123456789ab.١٨٠٠٠٠٠٠٠٠"],
)  # fmt: skip
def test_another_text_is_no_id(text: str | None) -> None:
    assert SearchId.parse(text) is None


def test_a_search_is_over_from_its_deadline_on() -> None:
    search = SearchId("x.0123456789ab", 1_800_000_000)
    assert [search.over(now) for now in (1_799_999_999.9, 1_800_000_000, 1_800_000_001)] == [
        False,
        True,
        True,
    ]
