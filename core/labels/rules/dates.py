"""How long goods keep after they were made or opened."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.labels.types import Life

LAST_MINUTE = time(23, 59)


def use_by(life: Life, made: datetime, zone: str, keeps: tuple[int | None, int | None]) -> datetime | None:
    """Until when goods may be used, in the site's zone; None when nobody says how long they keep.

    `keeps` is the item's own life in days after making and after opening. With `is_day_one` the day of making counts as
    day 1 and the goods keep to the end of the last day (made 15 October, seven days: 21 October, 23:59); else whole days
    are added on the site's clock, hours in real time. Opened goods keep no longer than they would have closed.
    Source: FDA Food Code 3-501.17 for day 1.
    """
    site = ZoneInfo(zone)
    ends = [
        end
        for start, days in ((made, keeps[0]), (life.opened_at, keeps[1]))
        if start is not None and (end := _end(start.astimezone(site), _days(life, start, days), life, site)) is not None
    ]
    return min(ends) if ends else None


def _days(life: Life, start: datetime, own: int | None) -> int | None:
    """What the label says goes before what the item says; it counts from opening where goods were opened."""
    is_counted = life.opened_at is None or start == life.opened_at
    if is_counted and (life.days is not None or life.hours):
        return life.days or 0
    return own


def _end(start: datetime, days: int | None, life: Life, site: ZoneInfo) -> datetime | None:
    if days is None:
        return None
    if life.is_day_one and days > 0:
        return datetime.combine(start.date() + timedelta(days=days - 1), LAST_MINUTE, site)
    later = datetime.combine(start.date() + timedelta(days=days), start.time(), site)
    if not life.hours:
        return later
    return (later.astimezone(UTC) + timedelta(hours=life.hours)).astimezone(site)
