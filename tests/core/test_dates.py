"""Dates typed in a hurry."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import NEVER, parse_date, shift_months
from core.errors import InvalidInput

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-05-17", date(2026, 5, 17)),
        ("2026/5/7", date(2026, 5, 7)),
        ("20260517", date(2026, 5, 17)),
        ("260517", date(2026, 5, 17)),
        ("17.05.2026", date(2026, 5, 17)),
        ("2026年5月17日", date(2026, 5, 17)),
        ("5月17日", date(2027, 5, 17)),
        ("0517", date(2027, 5, 17)),
        ("1121", date(2026, 11, 21)),
        ("5/17", date(2027, 5, 17)),
        ("0229", date(2028, 2, 29)),
        ("202705", date(2027, 5, 31)),
        ("2027-02", date(2027, 2, 28)),
        ("25", date(2026, 11, 25)),
        ("20", date(2026, 12, 20)),
        ("31", date(2026, 12, 31)),
        ("+3", date(2026, 11, 24)),
        ("+3d", date(2026, 11, 24)),
        ("+2w", date(2026, 12, 5)),
        ("＋１ｄ", date(2026, 11, 22)),
        ("-1m", date(2026, 10, 21)),
        ("+1y", date(2027, 11, 21)),
        ("w48", date(2026, 11, 23)),
        ("w48-5", date(2026, 11, 27)),
        ("2027w1", date(2027, 1, 4)),
        ("t", TODAY),
        (".", TODAY),
        ("X", NEVER),
    ],
)
def test_shorthand_means_a_day(typed: str, meant: date) -> None:
    assert parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("0517", date(2026, 5, 17)), ("1231", date(2025, 12, 31)), ("25", date(2026, 10, 25))]
)
def test_where_dates_lie_in_the_past_the_last_one_is_meant(typed: str, meant: date) -> None:
    assert parse_date(typed, TODAY, is_past=True) == meant


@pytest.mark.parametrize(
    "typed", ["", "0230", "13-45", "w54", "w0", "2026-13-01", "hello", "+", "99999999", "+9999y", "32"]
)
def test_what_is_no_day_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(InvalidInput, match="0517"):
        parse_date(typed, TODAY)


@given(st.dates(min_value=date(2013, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_as_it_is_shown_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat(), TODAY) == day
    assert parse_date(f"{day:%Y%m%d}", TODAY) == day


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.integers(-240, 240))
def test_months_on_stay_in_the_month_meant(day: date, months: int) -> None:
    moved = shift_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_sentence(typed: str) -> None:
    try:
        parse_date(typed, TODAY)
    except InvalidInput as refused:
        assert refused.text.render("zh")
