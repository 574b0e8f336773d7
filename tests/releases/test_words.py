"""A release in words."""

import pytest

from patchbay.releases import words


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "0 s"),
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_590, "1 h"),
        (7_500, "2 h 5 min"),
        (172_800, "2 d"),
        (273_600, "3 d 4 h"),
    ],
)
def test_a_duration_has_two_units_at_most(seconds: float, shown: str) -> None:
    assert words.duration(seconds) == shown


@pytest.mark.parametrize(("share", "shown"), [(0, "0 %"), (0.05, "5 %"), (1, "100 %"), (0.00123, "0.123 %")])
def test_a_share_is_a_percentage(share: float, shown: str) -> None:
    assert words.percent(share) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.25, "0.25"), (9.96, "10"), (120.4, "120")])
def test_a_volume_has_two_or_three_digits(value: float, shown: str) -> None:
    assert words.number(value) == shown


def test_one_contact_is_one() -> None:
    assert (words.contacts(1), words.contacts(2)) == ("1 contact", "2 contacts")
