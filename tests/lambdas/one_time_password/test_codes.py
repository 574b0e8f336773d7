"""Codes and their seals."""

import hmac
from hashlib import sha256

import pytest

from one_time_password import codes

KEY = b"a key"


def test_a_code_is_six_digits_also_with_zeros_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "one_time_password.codes.secrets.randbelow", lambda below: 42 if below == 1_000_000 else None
    )
    assert codes.fresh() == "000042"


def test_codes_differ() -> None:
    assert len({codes.fresh() for _ in range(50)}) > 40


def test_a_seal_is_the_hmac_sha256_of_contact_customer_and_code() -> None:
    expected = hmac.new(KEY, b"contact\nC-1\n012345", sha256).hexdigest()
    assert codes.seal(KEY, "contact", "C-1", "012345") == expected


@pytest.mark.parametrize(
    "other",
    [
        (b"another key", "contact", "C-1", "012345"),
        (KEY, "another", "C-1", "012345"),
        (KEY, "contact", "C-2", "012345"),
        (KEY, "contact", "C-1", "12345"),
        (KEY, "contact", "", "012345"),
    ],
)
def test_a_seal_is_worth_nothing_elsewhere(other: tuple[bytes, str, str, str]) -> None:
    assert not codes.same(codes.seal(*other), codes.seal(KEY, "contact", "C-1", "012345"))


@pytest.mark.parametrize("typed", ["012 345", "012-345", " 0 1 2 3 4 5\n"])
def test_a_code_may_be_written_in_groups(typed: str) -> None:
    assert codes.same(codes.seal(KEY, "contact", "C-1", typed), codes.seal(KEY, "contact", "C-1", "012345"))


def test_a_decoy_looks_like_a_seal_and_is_another_each_time() -> None:
    one, other = codes.decoy(), codes.decoy()
    assert one != other
    assert len(one) == len(codes.seal(KEY, "contact", "C-1", "012345"))
    assert int(one, 16) >= 0


def test_what_is_no_ascii_is_compared_too() -> None:
    assert not codes.same("é", "e")
