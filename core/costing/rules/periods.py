"""Periods of whole business days: a month, the month until today, and the one to compare with."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last business day, both included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def month_to_date(today: date) -> Days:
    """The month of a day, up to that day."""
    return Days(today.replace(day=1), today)


def last_month(today: date) -> Days:
    """The whole month before the month of a day."""
    last = today.replace(day=1) - timedelta(days=1)
    return Days(last.replace(day=1), last)


def days_before(days: Days) -> Days:
    """The period to compare with.

    Of whole months the same number of months before; of a month's beginning the same days of the month before; else as
    many days just before.
    """
    first, last = days.first, days.last
    if first.day == 1 and _is_month_end(last):
        return Days(_months_back(first, _months(days)), first - timedelta(days=1))
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        earlier = _months_back(first, 1)
        return Days(earlier, earlier.replace(day=min(last.day, _month_length(earlier))))
    return Days(first - timedelta(days=days.count), first - timedelta(days=1))


def _months(days: Days) -> int:
    return (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1


def _months_back(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _is_month_end(day: date) -> bool:
    return day.day == _month_length(day)
