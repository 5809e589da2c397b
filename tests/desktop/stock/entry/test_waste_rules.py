"""Digits taken apart into amount and reason."""

from __future__ import annotations

import pytest

from desktop.stock.entry.waste_rules import Typed, take_apart

DIGITS = "123456789"


@pytest.mark.parametrize(
    ("typed", "qty", "reason"),
    [
        ("", "", ""),
        ("2", "2", ""),
        ("23", "2", "3"),
        ("123", "12", "3"),
        ("10", "10", ""),
        ("105", "10", "5"),
        ("1.5", "1.5", ""),
        ("1.53", "1.5", "3"),
        ("1.", "1.", ""),
        ("3*12", "3*1", "2"),
        ("3*1", "3*1", ""),
    ],
)
def test_the_last_digit_is_the_reason(typed: str, qty: str, reason: str) -> None:
    assert take_apart(typed, DIGITS) == Typed(qty, reason)


def test_a_digit_that_no_reason_has_belongs_to_the_amount() -> None:
    assert take_apart("29", "123") == Typed("29")
