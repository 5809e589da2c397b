"""Quiet hours: when a message that would wake people waits until morning."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.alerts.types.rules import QuietHours
from core.errors import InvalidInput
from core.i18n import _

_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


def checked_quiet(quiet: QuietHours) -> QuietHours:
    """Quiet hours as they are kept: both times or neither. Raises InvalidInput."""
    first, last = _checked_time(quiet.quiet_from, "quiet_from"), _checked_time(quiet.quiet_to, "quiet_to")
    if bool(first) != bool(last):
        raise InvalidInput(
            _("Write both times of the quiet hours, or neither."), field="quiet_to" if first else "quiet_from"
        )
    if first and first == last:
        raise InvalidInput(_("Quiet hours that end when they begin last all day. Choose two times."), field="quiet_to")
    return QuietHours(first, last, quiet.urgent_breaks)


def told_at(now: datetime, zone: str, quiet: QuietHours, *, breaks: bool) -> datetime:
    """When a message may go that could go now: at once, or at the end of the quiet hours `now` lies in. On a night in which
    clocks change the end is what the clock on the wall says."""
    if breaks or not (quiet.quiet_from and quiet.quiet_to):
        return now
    local = now.astimezone(ZoneInfo(zone))
    first, last = _time(quiet.quiet_from), _time(quiet.quiet_to)
    clock = local.time().replace(tzinfo=None)
    over_midnight = first > last
    is_quiet = (clock >= first or clock < last) if over_midnight else first <= clock < last
    if not is_quiet:
        return now
    day = local.date() + timedelta(days=1) if over_midnight and clock >= first else local.date()
    end = datetime.combine(day, last, ZoneInfo(zone))
    if end.astimezone(UTC) <= now:  # the hour that comes twice, for the second time
        end = end.replace(fold=1)
    return max(now, end.astimezone(UTC))


def _checked_time(words: str, field: str) -> str:
    typed = words.strip()
    if not typed:
        return ""
    found = _TIME.fullmatch(typed)
    if found is None:
        raise InvalidInput(_("“{time}” is no time. Write one such as 22:00.", time=typed[:10]), field=field)
    return f"{int(found[1]):02d}:{found[2]}"


def _time(words: str) -> time:
    hour, _sep, minute = words.partition(":")
    return time(int(hour), int(minute))
