"""The time a scheduled report is about, seen from the moment it is due; the same however late it is made."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.reports.types.asked import Span
from db.enums import Period

TICK = timedelta(microseconds=1)
_DAYS = {Period.YESTERDAY: 1, Period.LAST_7_DAYS: 7, Period.LAST_30_DAYS: 30}


def span_of_period(period: Period, due: datetime, zone: str, day_start_hour: int) -> Span:
    """From the first to the last moment: whole business days before the one it is due on, or up to the moment it is due."""
    day = (due.astimezone(ZoneInfo(zone)) - timedelta(hours=day_start_hour)).date()

    def begin(of: date) -> datetime:
        return datetime.combine(of, time(day_start_hour), ZoneInfo(zone))

    monday, first = day - timedelta(days=day.weekday()), day.replace(day=1)
    if period in _DAYS:
        return Span(begin(day - timedelta(days=_DAYS[period])), begin(day) - TICK)
    if period is Period.LAST_WEEK:
        return Span(begin(monday - timedelta(days=7)), begin(monday) - TICK)
    if period is Period.LAST_MONTH:
        return Span(begin((first - timedelta(days=1)).replace(day=1)), begin(first) - TICK)
    a_year_ago = first.replace(year=first.year - 1)
    starts = {
        Period.WEEK_TO_DATE: monday,
        Period.MONTH_TO_DATE: first,
        Period.YEAR_TO_DATE: first.replace(month=1),
        Period.LAST_12_MONTHS: (a_year_ago + timedelta(days=31)).replace(day=1),
    }
    return Span(begin(starts[period]) if period in starts else None, due)


def span_of_month(month: str, zone: str, day_start_hour: int) -> Span:
    """The business days of a month written 2026-10."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    start, end = (datetime.combine(day, time(day_start_hour), ZoneInfo(zone)) for day in (first, following))
    return Span(start, end - TICK)
