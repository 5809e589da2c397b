"""Figures, dates and quantities as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import (
    Measure,
    Notation,
    currency_sign,
    format_cell,
    format_cost,
    format_date,
    format_instant,
    format_long_date,
    format_money,
    format_number,
    format_percent,
    format_quantity,
)
from core.values import parse_number, round_decimal
from tests.core.documents.samples import Both

YUAN = Notation()


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        (D("1234567.500"), None, "1,234,567.5"),
        (D("100"), None, "100"),
        (D("1E+3"), None, "1,000"),
        (D("-0.000001"), None, "\u22120.000001"),
        (D("2.345"), 2, "2.35"),
        (D("-2.345"), 2, "\u22122.35"),
        (D("-0.004"), 2, "0.00"),
        (D("-0"), None, "0"),
        (42, None, "42"),
        (D("NaN"), None, "NaN"),
        (D("1E+400"), None, "1E+400"),
    ],
)
def test_numbers_have_thousands_separators_and_a_real_minus(number: D, decimals: int | None, shown: str) -> None:
    assert format_number(number, decimals) == shown


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_shown_quantity_reads_back_as_the_same_number(qty: D) -> None:
    assert parse_number(format_number(qty)) == qty


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_shown_amount_is_the_rounded_amount(amount: D) -> None:
    assert parse_number(format_money(amount, YUAN, sign=False)) == round_decimal(amount, 2)


def test_quantities_carry_their_unit_after_a_space() -> None:
    assert format_quantity(D("12.500"), "kg") == "12.5 kg"
    assert format_quantity(D(3), Both("箱", "case"), "zh") == "3 箱"
    assert format_quantity(D(3), Both("箱", "case"), "en") == "3 case"
    assert format_quantity(D(0), "kg", dash=True) == "\u2013"
    assert format_quantity(D(0), "kg") == "0 kg"


def test_money_shows_its_currency_where_people_write_it() -> None:
    assert format_money(D("1234.5"), YUAN) == "¥1,234.50"
    assert format_money(D("-1234.5"), YUAN) == "\u2212¥1,234.50"
    assert format_money(D("12"), Notation("SEK")) == "12.00 kr"
    assert format_money(D("-12"), Notation("CHF")) == "\u2212CHF 12.00"
    assert format_money(D("1200"), Notation("JPY", 0)) == "¥1,200"
    assert format_money(D("1.5"), Notation("KWD", 3)) == "KWD 1.500"
    assert format_money(D(0), YUAN, dash=True) == "\u2013"
    assert currency_sign("CNY") == "¥"


def test_a_unit_cost_shows_more_decimals_only_where_there_are_more() -> None:
    assert format_cost(D("1.5"), YUAN) == "1.50"
    assert format_cost(D("0.3333333"), YUAN) == "0.333333"
    assert format_cost(D("-2"), YUAN) == "\u22122.00"
    assert format_cost(D("5"), Notation("JPY", 0)) == "5"
    assert format_cost(D(0), YUAN, dash=True) == "\u2013"


def test_shares_are_per_cent() -> None:
    assert format_percent(D("0.125")) == "12.5%"
    assert format_percent(D("-0.0404"), 0) == "\u22124%"
    assert format_percent(D(0), dash=True) == "\u2013"


def test_dates_and_moments_are_the_same_in_both_languages() -> None:
    assert format_date(date(2025, 6, 3)) == "2025-06-03"
    at = datetime(2025, 6, 30, 17, 5, 9, tzinfo=UTC)
    assert format_instant(at, "Asia/Shanghai") == "2025-07-01 01:05"
    assert format_instant(at, "Europe/Stockholm", seconds=True) == "2025-06-30 19:05:09"
    with pytest.raises(ValueError, match="zone"):
        format_instant(datetime(2025, 6, 30), "Asia/Shanghai")  # noqa: DTZ001 - the point of the test


def test_wall_prints_write_the_date_as_each_language_does() -> None:
    assert format_long_date(date(2025, 6, 30), "zh") == "6月30日 周一"
    assert format_long_date(date(2025, 6, 30), "en") == "Mon 30 Jun"


def test_cells_are_shown_by_their_kind() -> None:
    assert format_cell(D("5"), "money", YUAN, "zh") == "5.00"
    assert format_cell(D("0.5"), "percent", YUAN, "zh") == "50.0%"
    assert format_cell(Measure(D("0.5"), Both("箱", "case")), "qty", YUAN, "zh") == "0.5 箱"
    assert format_cell(None, "money", YUAN, "zh") == ""
    assert format_cell(D(0), "qty", YUAN, "zh", dash=True) == "\u2013"
    assert format_cell(True, "text", YUAN, "zh") == "\u2713"
    assert format_cell(date(2025, 6, 30), "text", YUAN, "zh") == "2025-06-30"
    assert format_cell("-5", "money", YUAN, "zh") == "-5"
