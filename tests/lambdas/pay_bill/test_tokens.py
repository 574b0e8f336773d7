"""A card number is never taken for a token."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pay_bill.tokens import holds_card_number, same, well_formed

DIGITS = st.text("0123456789", min_size=13, max_size=19)
SEPARATORS = st.sampled_from(["", " ", "-", ".", "/", "_", "\u00a0", "\u2011", " - ", "\n"])


@pytest.mark.parametrize(
    "text",
    ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1112", "378282246310005", "4222222222222",
     "6304000000000000000", "tok_4111111111111111", "card: 4111.1111.1111.1111 exp 12/29",
     "\uff14" + "\uff11" * 15, "٤١١١١١١١١١١١١١١١", "4111111111111111.0"],
)  # fmt: skip
def test_what_looks_like_a_card_number_is_seen_whether_its_check_digit_is_right_or_not(text: str) -> None:
    assert holds_card_number(text)


@settings(max_examples=60, deadline=None)
@given(digits=DIGITS, data=st.data(), around=st.sampled_from(["", "x", "tok_"]))
def test_no_separators_hide_a_card_number(digits: str, data: st.DataObject, around: str) -> None:
    written = "".join(digit + data.draw(SEPARATORS) for digit in digits)
    assert holds_card_number(f"{around}{written}{around}")


@pytest.mark.parametrize(
    "text", ["", "tok_1002", "tok_1NirD82eZvKYlo2CIvbtLWuy", "tok_123456789012", "C-1002"]
)
def test_a_token_is_no_card_number(text: str) -> None:
    assert not holds_card_number(text)


@pytest.mark.parametrize("text", ["tok_1002", "tok_1NirD82eZvKYlo2CIvbtLWuy"])
def test_a_token_has_the_form_of_the_provider(text: str) -> None:
    assert well_formed(text)


@pytest.mark.parametrize(
    "text",
    ["", "tok_", "tok_1", "1002", "TOK_1002", "tok_1002\n", "tok_10 02", "tok_" + "a" * 61, "tok_é002"],
)
def test_another_text_is_no_token(text: str) -> None:
    assert not well_formed(text)


@settings(max_examples=60, deadline=None)
@given(DIGITS, st.text(max_size=3))
def test_nothing_with_a_card_number_in_it_is_taken(digits: str, around: str) -> None:
    text = f"tok_{around}{digits}"
    assert holds_card_number(text) or not well_formed(text)


def test_tokens_are_compared_whole() -> None:
    assert same("tok_1002", "tok_1002")
    assert not same("tok_1002", "tok_1004")
    assert not same("tok_1002", "")
