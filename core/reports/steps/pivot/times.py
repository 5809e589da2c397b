"""Business days, weeks, months and hours of moments, reckoned by the database with the site's clock.

A moment is moved by the zone's offset that held then (clocks go forward and back), less the hour the site's day starts at;
the day is what is left of the whole days since 1970. Months are told by their first moments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, case, literal, type_coerce

from core.clock import business_day, day_starts_at
from core.uow import SiteFacts
from db.columns import micros, moment

SECOND = 1_000_000
HOUR, DAY = 3_600 * SECOND, 86_400 * SECOND
FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Times:
    """The first and last moment that occur, in microseconds, and the site whose clock tells days."""

    site: SiteFacts
    low: int
    high: int

    def day(self, at: Any) -> Any:
        """Days since 1970 of the business day of a moment."""
        shift = self.site.day_start_hour * HOUR
        return (self._local(at) - _whole(shift)) // _whole(DAY)

    def week(self, at: Any) -> Any:
        """Weeks since the one of 1970 that began on Monday 29 December 1969."""
        return (self.day(at) + _whole(3)) // _whole(7)

    def weekday(self, at: Any) -> Any:
        """0 for Monday to 6 for Sunday."""
        return (self.day(at) + _whole(3)) % _whole(7)

    def hour(self, at: Any) -> Any:
        """The hour of the site's clock."""
        return (self._local(at) // _whole(HOUR)) % _whole(24)

    def month(self, at: Any) -> Any:
        """Months since January of the year 0."""
        first = business_day(moment(self.low), self.site.zone, self.site.day_start_hour)
        last = business_day(moment(self.high), self.site.zone, self.site.day_start_hour)
        numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        starts = [micros(self._month_start(number)) for number in numbers[1:]]
        return _stepped(_plain(at), starts, list(numbers))

    def _month_start(self, number: int) -> datetime:
        day = date(number // 12, number % 12 + 1, 1)
        return day_starts_at(day, self.site.zone, self.site.day_start_hour)

    def _local(self, at: Any) -> Any:
        changes, offsets = offsets_between(self.site.zone, self.low, self.high)
        return _plain(at) + _stepped(_plain(at), changes, offsets)


def offsets_between(zone: str, low: int, high: int) -> tuple[list[int], list[int]]:
    """When the zone's offset changed between two moments, and the offsets before, between and after, in microseconds."""
    place = ZoneInfo(zone)

    def offset(at: int) -> int:
        found = moment(at).astimezone(place).utcoffset()
        assert found is not None
        return found // timedelta(microseconds=1)

    changes, offsets, at = list[int](), [offset(low)], low
    while at < high:
        following = min(at + 7 * DAY, high)
        if offset(following) != offsets[-1]:
            changes.append(_change(offset, at, following))
            offsets.append(offset(changes[-1]))
            following = changes[-1]
        at = following
    return changes, offsets


def _change(offset: Any, low: int, high: int) -> int:
    """The first microsecond after `low` at which the offset is another one; it changes once up to `high`."""
    before = offset(low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(middle) == before else (low, middle)
    return high


def _stepped(at: Any, steps: Sequence[int], values: Sequence[int]) -> Any:
    """The value that holds at `at`: the first one before the first step, the last one from the last step on."""
    if not steps:
        return _whole(values[0])
    middle = len(steps) // 2
    below = _stepped(at, steps[:middle], values[: middle + 1])
    above = _stepped(at, steps[middle + 1 :], values[middle + 1 :])
    return case((at < _whole(steps[middle]), below), else_=above)


def _whole(number: int) -> Any:
    return literal(number, BigInteger, literal_execute=True)


def _plain(at: Any) -> Any:
    return type_coerce(at, BigInteger)


def day_key(number: int) -> str:
    """2026-03-04 for days since 1970."""
    return (FIRST_DAY + timedelta(days=int(number))).isoformat()


def week_key(number: int) -> str:
    """The Monday of a week."""
    return day_key(int(number) * 7 - 3)


def month_key(number: int) -> str:
    """2026-03 for months since the year 0."""
    return f"{int(number) // 12:04}-{int(number) % 12 + 1:02}"


def quarter_key(number: int) -> str:
    """2026-Q1 for months since the year 0."""
    return f"{int(number) // 12:04}-Q{int(number) % 12 // 3 + 1}"


def year_key(number: int) -> str:
    """2026 for months since the year 0."""
    return f"{int(number) // 12:04}"
