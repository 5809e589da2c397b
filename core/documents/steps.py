"""Building blocks: numbers of documents."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from core.uow import UnitOfWork
from db.documents import NumberSeries
from db.sql import upsert


def next_number(uow: UnitOfWork, prefix: str, at: datetime) -> str:
    """The next number of a kind of document in the site's year, such as RC-2026-000123; no number is given twice."""
    return next_numbers(uow, prefix, at, 1)[0]


def next_numbers(uow: UnitOfWork, prefix: str, at: datetime, count: int) -> list[str]:
    """The next `count` numbers of one kind in the site's year, in order; the series is locked until the transaction ends."""
    year = at.astimezone(ZoneInfo(uow.site.zone)).year
    mine = (NumberSeries.prefix == prefix, NumberSeries.year == year)
    last = uow.sql.execute(select(NumberSeries.last).where(*mine).with_for_update()).scalar()
    if last is None:
        row = {"prefix": prefix, "year": year, "last": count}
        upsert(uow.sql, NumberSeries.__table__, [row], ("prefix", "year"))  # type: ignore[arg-type]
        last = 0
    else:
        uow.sql.execute(update(NumberSeries).where(*mine).values(last=last + count))
    return [f"{prefix}-{year}-{number:06d}" for number in range(last + 1, last + count + 1)]
