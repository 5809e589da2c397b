"""Dates in codes: six digits without a century, days of nothing, weeks, and dates written by people.

Source: GS1 General Specifications, section 7.12 (century of two digits: 51 to 99 years ahead is the last century, 50 to 99
years back the next) and 3.4 (day 00 is the last of the month).
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_WRITTEN = re.compile(r"(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?(?:[T ].*)?", flags=re.ASCII)
_ORDERS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}


def full_year(two_digits: int, this_year: int) -> int:
    """The year meant by two digits, seen from this year."""
    ahead = two_digits - this_year % 100
    century = this_year - this_year % 100
    if ahead >= 51:
        return century - 100 + two_digits
    return century + two_digits + (100 if ahead <= -50 else 0)


def is_day(digits: str) -> bool:
    """Whether six digits may be a date in some century, day 00 included."""
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and day <= calendar.monthrange(2000 + int(digits[:2]), month)[1]


def day_of(digits: str, this_year: int, *, has_day_0: bool = True) -> date | None:
    """The day that YYMMDD means, or None when there is none."""
    if len(digits) != 6:
        return None
    year, month, day = full_year(int(digits[:2]), this_year), int(digits[2:4]), int(digits[4:6])
    if day == 0 and has_day_0 and 1 <= month <= 12:
        day = calendar.monthrange(year, month)[1]
    return _date(year, month, day)


def is_time(digits: str) -> bool:
    """Whether it is empty, hh, hhmm or hhmmss."""
    return digits[:2] <= "23" and digits[2:4] <= "59" and digits[4:6] <= "59"


def week_of(digits: str, this_year: int) -> date | None:
    """The Monday of a week YYWW or YYYYWW (ISO 8601), as bags of parts carry it; None when there is no such week."""
    year = int(digits[:-2])
    try:
        return date.fromisocalendar(year if year > 99 else full_year(year, this_year), int(digits[-2:]), 1)
    except ValueError:
        return None


def written_day(text: str, order: str, this_year: int) -> date | None:
    """A date as people and programs write it: 2026-12-31 with or without a time, 31.12.2026, 20261231, 261231."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        if len(text) == 8:
            return _date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return day_of(text, this_year) if len(text) == 6 else None
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    year, month, day = (found[1 + place] for place in _ORDERS["ymd" if len(found[1]) == 4 else _order(order)])
    return _date(int(year) if len(year) > 2 else full_year(int(year), this_year), int(month), int(day))


def _order(order: str) -> str:
    return order if order in _ORDERS else "ymd"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
