"""The only place that asks what time it is, and the business day of a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """The PC's clock."""

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)


class FixedClock(Clock):
    """A clock that stands until it is moved, for tests and for making sample histories."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **step: float) -> None:
        """Move on by a `timedelta`'s keywords."""
        self.at += timedelta(**step)


def business_day(at: datetime, zone: str, day_start_hour: int) -> date:
    """The day a moment belongs to: a kitchen's day that starts at 04:00 holds 01:30 of the next calendar day."""
    return (at.astimezone(ZoneInfo(zone)) - timedelta(hours=day_start_hour)).date()


def day_starts_at(day: date, zone: str, day_start_hour: int) -> datetime:
    """The first moment of a business day, in UTC."""
    return datetime.combine(day, time(day_start_hour), ZoneInfo(zone)).astimezone(UTC)


def day_ends_at(day: date, zone: str, day_start_hour: int) -> datetime:
    """The last microsecond of a business day, in UTC."""
    return day_starts_at(day + timedelta(days=1), zone, day_start_hour) - timedelta(microseconds=1)
