"""The tutorial's made-up answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorial.logic import BALANCE_LIMIT, DEFAULT_URL, answer, balance, website_url


def test_the_company_of_the_tutorial_has_the_url_of_the_tutorial() -> None:
    assert answer("+14165550011", "GGG")["websiteUrl"] == "www.GGG.com/support"


def test_a_caller_who_calls_twice_hears_one_balance() -> None:
    assert balance("+14165550011", "GGG") == balance("+14165550011", "GGG")


def test_callers_and_companies_differ() -> None:
    callers = {balance(f"+1416555{number:04}", "GGG") for number in range(100)}
    companies = {balance("+14165550011", f"company {number}") for number in range(100)}
    assert min(len(callers), len(companies)) > 50


@pytest.mark.parametrize("company", [None, "", "  ", "株式会社", "../..", "---"])
def test_a_company_without_a_host_name_gets_the_general_page(company: str | None) -> None:
    assert website_url(company) == DEFAULT_URL


def test_a_long_company_name_is_cut_to_what_a_host_name_may_be() -> None:
    assert website_url("G" * 100) == f"www.{'G' * 63}.com/support"


@settings(max_examples=200, deadline=None)
@given(caller=st.text(), company=st.none() | st.text())
def test_any_company_gets_digits_and_a_short_plain_url(caller: str, company: str | None) -> None:
    found = answer(caller, company)
    assert 0 <= int(str(found["customerBalance"])) < BALANCE_LIMIT
    assert str(found["websiteUrl"]).isascii()
    assert len(str(found["websiteUrl"])) < 100
