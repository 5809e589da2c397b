"""Which backups are kept: the newest of each of the last days, and of each of the last weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

T = TypeVar("T")


def backups_to_drop(backups: Iterable[tuple[datetime, T]], *, days: int, weeks: int) -> list[T]:
    """Those that are neither the newest of one of the newest `days` days nor of one of the newest `weeks` weeks.

    Days and weeks are counted by those that have a backup, so that a long holiday drops nothing. The newest backup of
    all stays whatever the figures say.
    """
    newest_first = sorted(backups, key=lambda one: one[0], reverse=True)
    kept = set(_newest_of([at.date() for at, _what in newest_first], days))
    kept |= set(_newest_of([_week(at) for at, _what in newest_first], weeks))
    kept.add(0)
    return [what for place, (_at, what) in enumerate(newest_first) if place not in kept]


def _newest_of(groups: list[date] | list[tuple[int, int]], most: int) -> list[int]:
    seen: dict[object, int] = {}
    for place, group in enumerate(groups):
        seen.setdefault(group, place)
    return list(seen.values())[:most]


def _week(at: datetime) -> tuple[int, int]:
    year, week, _day = at.isocalendar()
    return year, week
