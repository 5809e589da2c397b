"""Months as values, and the rules of closing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.costing.rules.closing import Standing, check_closable, check_reopenable, clean_reason, state_of
from core.costing.rules.months import Month, months_from_to
from core.costing.types.months import MonthState
from core.errors import InvalidInput, Refused

MONTHS = st.builds(Month, st.integers(2000, 2900), st.integers(1, 12))


@given(MONTHS, st.integers(-2000, 2000))
def test_months_are_counted_there_and_back(month: Month, steps: int) -> None:
    assert month.moved(steps).moved(-steps) == month
    assert (month.moved(steps) > month) == (steps > 0)
    assert month.after.before == month
    assert month.a_year_before == month.moved(-12)


@given(MONTHS)
def test_a_month_is_all_its_days_and_reads_as_it_is_written(month: Month) -> None:
    assert month.last + timedelta(days=1) == month.after.first
    assert Month.of(month.first) == Month.of(month.last) == month
    assert Month.parse(month.text) == month


@pytest.mark.parametrize("text", ["2026-10", "2026-10 ", "202610", "2026/10", "2026.10", "2026年10月"])
def test_months_are_read_as_people_type_them(text: str) -> None:
    assert Month.parse(text) == Month(2026, 10)


@pytest.mark.parametrize("text", ["", "2026", "2026-0", "2026-13", "26-10", "٢٠٢٦-10", "2026-10-01", "1066-10"])
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(InvalidInput):
        Month.parse(text)


def test_months_between_two() -> None:
    assert [month.text for month in months_from_to(Month(2025, 11), Month(2026, 1))] == [
        "2025-11",
        "2025-12",
        "2026-01",
    ]
    assert months_from_to(Month(2026, 2), Month(2026, 1)) == []
    assert Month(2024, 2).last == date(2024, 2, 29)


@given(MONTHS, st.integers(0, 40), st.one_of(st.none(), st.integers(-3, 40)), st.integers(-5, 45))
def test_exactly_one_month_can_be_closed_and_one_reopened(
    first: Month, run: int, closed: int | None, which: int
) -> None:
    running = first.moved(run)
    newest = None if closed is None or closed >= run or closed < 0 else first.moved(closed)
    standing, month = Standing(first, running, newest), first.moved(which)
    may = month == standing.next and month < running
    if may:
        check_closable(month, standing)
    else:
        with pytest.raises(Refused):
            check_closable(month, standing)
    if newest == month:
        check_reopenable(month, standing)
        assert state_of(month, standing, was_closed=True) is MonthState.CLOSED
    else:
        with pytest.raises(Refused):
            check_reopenable(month, standing)


def test_a_reason_is_a_sentence_and_not_a_book() -> None:
    assert clean_reason("  late \n invoice ") == "late invoice"
    for reason in ("", " \n ", "x" * 401):
        with pytest.raises(InvalidInput):
            clean_reason(reason)
