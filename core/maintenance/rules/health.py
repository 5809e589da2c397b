"""From what limits on the doctor warns."""

from __future__ import annotations

from core.maintenance.types import Level

SLOW_MS, TOO_SLOW_MS = 50.0, 500.0
LITTLE_ROOM, NO_ROOM = 2_000_000_000, 200_000_000
OLD_BACKUP_HOURS, TOO_OLD_BACKUP_HOURS = 26, 7 * 24
CLOCK_OFF_SECONDS, CLOCK_WRONG_SECONDS = 30, 300
LONG_JOURNAL = 500_000_000
OLDEST_POSTGRES = 15


def latency_level(milliseconds: float) -> Level:
    """How quickly the database should answer."""
    return _rising(milliseconds, SLOW_MS, TOO_SLOW_MS)


def room_level(free: int) -> Level:
    """How much room on the disk is enough, in bytes."""
    return Level.BAD if free < NO_ROOM else Level.WARN if free < LITTLE_ROOM else Level.OK


def backup_level(hours: int | None, is_verified: bool) -> Level:
    """How old the newest backup may be; None: there is none."""
    if hours is None:
        return Level.BAD
    level = _rising(hours, OLD_BACKUP_HOURS, TOO_OLD_BACKUP_HOURS)
    return Level.WARN if level is Level.OK and not is_verified else level


def clock_level(seconds: float) -> Level:
    """How far this PC's clock may be from the database's."""
    return _rising(abs(seconds), CLOCK_OFF_SECONDS, CLOCK_WRONG_SECONDS)


def _rising(value: float, warn: float, bad: float) -> Level:
    return Level.BAD if value > bad else Level.WARN if value > warn else Level.OK
