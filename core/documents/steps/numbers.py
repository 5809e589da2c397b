"""Building blocks: numbers of documents, and running numbers of anything else."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table

from core.uow import UnitOfWork
from db.documents import NumberSeries
from db.sql import count_up

NO_YEAR = 0


def next_number(uow: UnitOfWork, prefix: str, at: datetime) -> str:
    """The next number of a kind of document in the site's year, such as RC-2026-000123; no number is given twice."""
    return next_numbers(uow, prefix, at, 1)[0]


def next_numbers(uow: UnitOfWork, prefix: str, at: datetime, count: int) -> list[str]:
    """The next `count` numbers of one kind in the site's year, in order; the series stays locked until COMMIT."""
    year = at.astimezone(ZoneInfo(uow.site.zone)).year
    first = _take(uow, prefix, year, count)
    return [f"{prefix}-{year}-{number:06d}" for number in range(first, first + count)]


def next_serials(uow: UnitOfWork, name: str, count: int = 1) -> int:
    """The first of the next `count` running numbers of a series that knows no years, from 1 on."""
    return _take(uow, name, NO_YEAR, count)


def _take(uow: UnitOfWork, prefix: str, year: int, count: int) -> int:
    series = cast(Table, NumberSeries.__table__)
    return count_up(uow.sql, series, {"prefix": prefix, "year": year}, "last", count) - count + 1
