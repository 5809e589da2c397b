"""Dates as people type them in a hurry; the same shorthand in every language.

| typed | meaning |
| --- | --- |
| `2026-11-21` `2026/11/21` `2026.11.21` `20261121` `261121` `21.11.2026` `2026年11月21日` | that day |
| `0517` `5-17` `5/17` `5月17日` | 17 May: the next one (or the last one, where dates lie in the past) |
| `17` | the next (or last) 17th |
| `202705` | the last day of that month, as printed on packs |
| `+3` `+3d` `+2w` `+1m` `+1y`, with `-` for the past | days, weeks, months, years from today |
| `w23` `2026w23` `w23-5` | Monday (or day 5) of that ISO week |
| `t` `.` | today; `x` never |
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from core.errors import InvalidInput
from core.i18n import _

NEVER = date.max
"""A date without limit: what `x` means."""


def parse_date(text: str, today: date, *, is_past: bool = False) -> date:
    """The day that `text` means, seen from `today`. Raises InvalidInput with examples.

    `is_past` says which way a date without a year is looked for: the last one instead of the next one.
    """
    typed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    typed = re.sub(r"[年月](?=\d)", "-", typed).rstrip("日月号")
    if typed in ("t", "."):
        return today
    if typed == "x":
        return NEVER
    for pattern, meant in _FORMS:
        found = re.fullmatch(pattern, typed, flags=re.ASCII)
        if found is None:
            continue
        try:
            return meant(found, today, is_past)
        except (ValueError, OverflowError):
            continue  # 202705 is no year-month-day, but it is a month
    raise _not_a_date(text)


def shift_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last when it is shorter (31 January + 1 month is 28 February)."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _relative(found: re.Match[str], today: date, _is_past: bool) -> date:
    count, unit = int(found[1]), found[2] or "d"
    if unit in "my":
        return shift_months(today, count * (12 if unit == "y" else 1))
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _week(found: re.Match[str], today: date, _is_past: bool) -> date:
    year = int(found[1]) if found[1] else today.isocalendar().year
    return date.fromisocalendar(_full_year(year), int(found[2]), int(found[3] or 1))


def _year_first(found: re.Match[str], _today: date, _is_past: bool) -> date:
    return date(_full_year(int(found[1])), int(found[2]), int(found[3]))


def _day_first(found: re.Match[str], _today: date, _is_past: bool) -> date:
    return date(int(found[3]), int(found[2]), int(found[1]))


def _month_end(found: re.Match[str], _today: date, _is_past: bool) -> date:
    year, month = int(found[1]), int(found[2])
    return date(year, month, calendar.monthrange(year, month)[1])


def _in_year(found: re.Match[str], today: date, is_past: bool) -> date:
    month, day = int(found[1]), int(found[2])
    years = [today.year - n for n in range(9)] if is_past else [today.year + n for n in range(9)]
    for year in years:
        if day > calendar.monthrange(year, month)[1]:
            continue
        meant = date(year, month, day)
        if (meant <= today) if is_past else (meant >= today):
            return meant
    raise ValueError("no such day in any year")


def _in_month(found: re.Match[str], today: date, is_past: bool) -> date:
    day = int(found[1])
    for months in range(3):
        first = shift_months(today.replace(day=1), -months if is_past else months)
        if day > calendar.monthrange(first.year, first.month)[1]:
            continue
        meant = first.replace(day=day)
        if (meant <= today) if is_past else (meant >= today):
            return meant
    raise ValueError("no such day in any month")


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


_FORMS: tuple[tuple[str, Callable[[re.Match[str], date, bool], date]], ...] = (
    (r"([+-]\d{1,4})([dwmy]?)", _relative),
    (r"(\d{4}|\d{2})?-?w(\d{1,2})(?:-?([1-7]))?", _week),
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _year_first),
    (r"(\d{4}|\d{2})(\d{2})(\d{2})", _year_first),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", _day_first),
    (r"(\d{4})[-/.]?(\d{1,2})", _month_end),
    (r"(\d{2})(\d{2})", _in_year),
    (r"(\d{1,2})[-/.](\d{1,2})", _in_year),
    (r"(\d{1,2})", _in_month),
)


def _not_a_date(text: str) -> InvalidInput:
    return InvalidInput(_("“{text}” is not a date. Write 2026-05-17, 0517, +3d or w23.", text=text[:30]))
