"""How wide texts are."""

import pytest

from patchbay.wiring import measure
from patchbay.wiring.measure import BOLD, MONO


def test_wide_characters_are_counted_wide() -> None:
    assert measure.width("電話", 12, MONO) > 1.5 * measure.width("ab", 12, MONO)
    assert measure.width("mmm", 12) > measure.width("iii", 12)
    assert measure.width("abc", 12, BOLD) > measure.width("abc", 12)


@pytest.mark.parametrize("text", ["customer_lookup_of_the_whole_group", "電話" * 20, "W" * 50, "a"])
@pytest.mark.parametrize("room", [20.0, 60.0, 200.0])
def test_what_does_not_fit_loses_its_middle(text: str, room: float) -> None:
    shown = measure.fit(text, room, 12.5, MONO)
    assert measure.width(shown, 12.5, MONO) <= room
    assert shown == text or "…" in shown


def test_both_ends_of_a_name_stay() -> None:
    shown = measure.fit("customer_lookup_by_telephone", 120, 12.5, MONO)
    assert shown.startswith("custo")
    assert shown.endswith("hone")


def test_lines_are_wrapped_within_the_room_and_lose_no_word() -> None:
    text = "no statement lets connect.amazonaws.com of account 111122223333 invoke it"
    lines = measure.wrap(text, 200, 13)
    assert all(measure.width(line, 13) <= 200 for line in lines)
    assert " ".join(lines) == text


def test_characters_that_no_file_may_hold_become_spaces() -> None:
    assert measure.printable("a\x00b\u202ec\ud800") == "a b c "
