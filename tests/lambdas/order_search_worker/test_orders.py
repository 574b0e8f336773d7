"""How orders sound."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from order_search_worker.orders import Order, summary

TOASTER = Order("O-1", "toaster", "shipped", "Tuesday")
LAMP = Order("O-2", "desk lamp", "delivered", "Friday")
WORDS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("orders", "sentence"),
    [
        ([], "You have no orders."),
        ([TOASTER], "You have 1 order: your toaster is on its way and should arrive on Tuesday."),
        (
            [TOASTER, LAMP],
            "You have 2 orders: your toaster is on its way and should arrive on Tuesday, "
            "and your desk lamp was delivered on Friday.",
        ),
    ],
)
def test_orders_are_told_in_one_sentence(orders: list[Order], sentence: str) -> None:
    assert summary(orders) == sentence


@pytest.mark.parametrize(
    ("status", "told"),
    [("preparing", "is being prepared"), ("shipped", "is on its way"), ("delivered", "was delivered"),
     ("held at customs", "is in our books")],
)  # fmt: skip
def test_every_status_has_words(status: str, told: str) -> None:
    assert summary([Order("O-1", "toaster", status)]) == f"You have 1 order: your toaster {told}."


@pytest.mark.parametrize(
    ("count", "end"), [(3, "was delivered on Friday."), (4, "and 1 more is in our books."),
                       (9, "and 6 more are in our books.")],
)  # fmt: skip
def test_no_more_than_three_orders_are_listed(count: int, end: str) -> None:
    told = summary([LAMP] * count)
    assert told.startswith(f"You have {count} orders: ")
    assert told.endswith(end)
    assert told.count("desk lamp") == 3


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.builds(Order, WORDS, WORDS, st.sampled_from(["shipped", "x"]), st.none() | WORDS), max_size=6)
)
def test_what_another_system_wrote_becomes_one_short_sentence_without_markup(orders: list[Order]) -> None:
    told = summary(orders)
    assert re.fullmatch(r"You have [\w\s',:-]+\.", told)
    assert "\n" not in told
    assert len(told) < 500
