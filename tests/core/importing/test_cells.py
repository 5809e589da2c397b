"""Cells as people and spreadsheets fill them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.importing.rules.cells import (
    Broken,
    Cell,
    barcodes_of,
    day_of,
    moment_of,
    money_of,
    packs_of,
    price_of,
    quantity_of,
    text_of,
    truth_of,
    whole_of,
)
from core.importing.rules.ranges import ids_of, ranges_of
from core.importing.rules.reasons import reason_like

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-05-17", date(2026, 5, 17)),
        ("2026/5/7", date(2026, 5, 7)),
        ("2026.05.17", date(2026, 5, 17)),
        ("20260517", date(2026, 5, 17)),
        ("17.5.2026", date(2026, 5, 17)),
        ("2026年5月17日", date(2026, 5, 17)),
        ("２０２６－０５－１７", date(2026, 5, 17)),
        ("2026-05", date(2026, 5, 31)),
        ("202602", date(2026, 2, 28)),
        ("46159", date(2026, 5, 17)),
        (Decimal(46159), date(2026, 5, 17)),
        (datetime.fromisoformat("2026-05-17T13:00"), date(2026, 5, 17)),
        (date(2026, 5, 17), date(2026, 5, 17)),
        ("2026-05-17 14:30", date(2026, 5, 17)),
        ("", None),
    ],
)
def test_days_as_they_are_written(cell: Cell, day: date | None) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "31.4.2026", "tomorrow", "5/17/2026", "17", "12345678", "0000-00-00"]
)
def test_what_is_no_day_gets_a_sentence(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"is not a date\. Write 2026-05-17"):
        day_of(text)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-01-05T10:00", "2026-01-05T10:00+08:00"),
        ("2026-01-05T10:00:30.5", "2026-01-05T10:00:30.5+08:00"),
        ("2026-01-05T02:00Z", "2026-01-05T10:00+08:00"),
        ("2026-01-05T10:00+01:00", "2026-01-05T17:00+08:00"),
        ("2026-01-05 10:00:05", "2026-01-05T10:00:05+08:00"),
        ("2026/1/5 10:00", "2026-01-05T10:00+08:00"),
        ("2026年1月5日10时00分", "2026-01-05T10:00+08:00"),
        ("5.1.2026 9:05", "2026-01-05T09:05+08:00"),
        ("2026-01-05T00:00", "2026-01-05T00:00+08:00"),
        ("2026-01-05", "2026-01-05T04:00+08:00"),
        (date(2026, 1, 5), "2026-01-05T04:00+08:00"),
        (datetime.fromisoformat("2026-01-05T00:00"), "2026-01-05T04:00+08:00"),
        (datetime.fromisoformat("2026-01-05T10:00"), "2026-01-05T10:00+08:00"),
        (Decimal("46027.5"), "2026-01-05T12:00+08:00"),
        ("46027", "2026-01-05T04:00+08:00"),
    ],
)
def test_moments_are_on_the_clock_of_the_site(cell: Cell, moment: str) -> None:
    """A day alone is the start of the business day, also as a workbook keeps it: at midnight."""
    found = moment_of(cell, SHANGHAI, 4)
    assert found is not None and found.astimezone(UTC) == datetime.fromisoformat(moment).astimezone(UTC)


def test_an_empty_cell_is_no_moment() -> None:
    assert moment_of(" ", SHANGHAI, 4) is None


@pytest.mark.parametrize(
    ("cell", "qty"),
    [("3", "3"), ("1,5", "1.5"), ("1,234.5", "1234.5"), ("１２．５", "12.5"), (" 3*12+5 ", "41"), ("-2", "-2"), ("1/2", "0.5"),
     (Decimal("0.1"), "0.1"), ("0.000001", "0.000001")],
)  # fmt: skip
def test_quantities_as_people_type_them(cell: Cell, qty: str) -> None:
    assert quantity_of(cell) == Decimal(qty)


@pytest.mark.parametrize(
    "cell", ["x1", "1.2.3.4", "0.0000001", "99999999999", Broken("#REF!"), date(2026, 1, 1), True, Decimal("1E-9")]
)
def test_what_is_no_quantity_gets_a_sentence(cell: Cell) -> None:
    with pytest.raises(InvalidInput):
        quantity_of(cell)


def test_money_keeps_to_the_currency() -> None:
    assert money_of("¥1,234.50", 2) == Decimal("1234.50")
    assert money_of("", 2) is None
    with pytest.raises(InvalidInput, match="more decimals"):
        money_of("1.005", 2)


def test_a_price_has_as_many_decimals_as_it_needs() -> None:
    assert price_of("¥0.12345678") == Decimal("0.12345678")
    with pytest.raises(InvalidInput, match="below zero"):
        price_of("-1")


def test_whole_numbers_and_truths() -> None:
    assert (whole_of("7"), whole_of(""), whole_of(Decimal("7.0"))) == (7, None, 7)
    assert [truth_of(cell) for cell in ("是", "Yes", "1", True, "", "否", "0", False)] == [True] * 4 + [False] * 4
    with pytest.raises(InvalidInput):
        whole_of("1.5")
    with pytest.raises(InvalidInput, match="neither yes nor no"):
        truth_of("maybe")


def test_packs_and_barcodes_are_divided_by_semicolons() -> None:
    assert packs_of("case=12; 袋 = 2.5；") == (("case", Decimal(12)), ("袋", Decimal("2.5")))
    assert barcodes_of("6901234567892;16901234567899@case") == (("6901234567892", ""), ("16901234567899", "case"))


@pytest.mark.parametrize("text", ["case", "case=", "case=0", "=12", "case=-1"])
def test_what_is_no_pack_gets_a_sentence(text: str) -> None:
    with pytest.raises(InvalidInput):
        packs_of(text)


def test_a_barcode_that_a_spreadsheet_cut_is_refused() -> None:
    with pytest.raises(InvalidInput, match="has cut the barcode"):
        barcodes_of("6.90123E+12")


def test_a_formula_without_value_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"=A1\*2 has no value"):
        text_of(Broken("=A1*2"))


def test_a_text_without_end_is_not_repeated_in_the_sentence() -> None:
    with pytest.raises(InvalidInput) as told:
        text_of("9" * 5000)
    assert len(str(told.value)) < 120


def test_reasons_of_waste_go_by_many_names() -> None:
    known = {"expired": "expired", "other": "other"}
    assert reason_like("Out of date", known) == "expired"
    assert reason_like("丢失", known) == "other"
    assert reason_like("because", known) is None


@given(st.sets(st.integers(1, 500)))
def test_ranges_hold_the_same_ids(ids: set[int]) -> None:
    assert ids_of(ranges_of(ids)) == sorted(ids)
