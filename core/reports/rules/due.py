"""When a schedule is due, by the site's clock: exactly once on each of its days, whatever the clock does.

A day whose hour does not exist (clocks go forward) is due an hour later; one that has the hour twice (clocks go back) the
first time. What was due while no program ran is due once: the newest, and how many it stands in for.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.i18n import _
from core.reports.types.schedules import EVERY_DAY, When
from db.enums import Rhythm

LONGEST_GAP = 62
"""Days between two dues of any rhythm, at most."""
MOST_LOOKED = 4_000
"""Days looked back for what was missed: eleven years."""


def time_of(text: str) -> time:
    """The time of day of HH:MM. Raises InvalidInput."""
    try:
        hour, _colon, minute = text.strip().replace("：", ":").partition(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise InvalidInput(
            _("“{text}” is no time of day. Write it as 06:30.", text=text[:20]), field="at_time"
        ) from None


def checked_when(when: When) -> When:
    """The same, with its time written 06:30. Raises InvalidInput for no weekday, or a day no month has."""
    at_time = f"{time_of(when.at_time):%H:%M}"
    if when.rhythm is Rhythm.WEEKLY and not when.weekdays & EVERY_DAY:
        raise InvalidInput(_("Choose at least one day of the week."), field="weekdays")
    if not 1 <= when.month_day <= 31:
        raise InvalidInput(
            _("The day of the month is from 1 to 31; 31 is the last day of any month."), field="month_day"
        )
    return When(when.rhythm, at_time, when.weekdays & EVERY_DAY, when.month_day)


def is_on_day(when: When, day: date) -> bool:
    """Whether a schedule is due at some time of this day of the calendar."""
    if when.rhythm is Rhythm.DAILY:
        return True
    if when.rhythm is Rhythm.WEEKLY:
        return bool(when.weekdays >> day.weekday() & 1)
    if when.rhythm is Rhythm.MONTHLY:
        return day.day == min(when.month_day, monthrange(day.year, day.month)[1])
    return False


def due_on(when: When, day: date, zone: str) -> datetime:
    """The moment of that day at which it is due, in UTC."""
    return datetime.combine(day, time_of(when.at_time), ZoneInfo(zone)).astimezone(UTC)


def newest_due(when: When, zone: str, *, after: datetime, now: datetime) -> tuple[datetime, int] | None:
    """The newest moment after `after` and up to `now` at which it was due, and how many earlier ones that stands in for.

    None when nothing is due; so also while the clock stands before `after`, which was dealt with already.
    """
    newest: datetime | None = None
    earlier = 0
    day = now.astimezone(ZoneInfo(zone)).date()
    first = max(after.astimezone(ZoneInfo(zone)).date(), day - timedelta(days=MOST_LOOKED))
    while day >= first:
        due = due_on(when, day, zone) if is_on_day(when, day) else None
        if due is not None and after < due <= now:
            newest, earlier = (due, 0) if newest is None else (newest, earlier + 1)
        day -= timedelta(days=1)
    return None if newest is None else (newest, earlier)


def next_due(when: When, zone: str, *, after: datetime) -> datetime | None:
    """The first moment after `after` at which it is due; None for what only follows the closing of a month."""
    start = after.astimezone(ZoneInfo(zone)).date()
    days = (start + timedelta(days=number) for number in range(LONGEST_GAP + 1))
    moments = (due_on(when, day, zone) for day in days if is_on_day(when, day))
    return next((moment for moment in moments if moment > after), None)
