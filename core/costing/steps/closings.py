"""Which months are closed: read once, and what follows from it for the moments of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from core import stock
from core.clock import business_day
from core.costing.rules.closing import Standing
from core.costing.rules.months import Month
from core.costing.steps.periods import period_moments
from core.uow import UnitOfWork
from db.costing.months import MonthClosing, MonthReopening
from db.identity import Person

C, R = MonthClosing, MonthReopening


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing, and its reopening where there was one."""

    closing_id: int
    number: str
    month: Month
    start: datetime
    end: datetime
    closed_at: datetime
    closed_by: str
    ledger_posting_id: int
    ledger_hash: str
    rows_hash: str
    items: int
    stock_minor: int
    reopened_at: datetime | None
    reopened_by: str
    reason: str

    @property
    def is_standing(self) -> bool:
        """Whether it was not taken back."""
        return self.reopened_at is None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months of the site: the first in which goods moved (None: none yet), the one that is running, all closings."""

    first: Month | None
    running: Month
    closings: tuple[Closing, ...]

    @property
    def newest(self) -> Closing | None:
        """The newest month that is closed."""
        standing = [one for one in self.closings if one.is_standing]
        return max(standing, key=lambda one: one.end) if standing else None

    @property
    def next(self) -> Month | None:
        """The month to close next, over or not; None while no goods moved."""
        return self.newest.month.after if self.newest is not None else self.first

    def standing(self, month: Month) -> Closing | None:
        """The closing of a month that is closed."""
        return next((one for one in self.closings if one.is_standing and one.month == month), None)

    def last_of(self, month: Month) -> Closing | None:
        """The newest closing of a month, taken back or not."""
        found = [one for one in self.closings if one.month == month]
        return max(found, key=lambda one: one.closing_id) if found else None


def all_closings(uow: UnitOfWork) -> tuple[Closing, ...]:
    """Every closing, in the order they were made."""
    return closings_in(uow.sql)


def closings_in(sql: Connection) -> tuple[Closing, ...]:
    """The same of a database that no office has open."""
    by, taker = aliased(Person), aliased(Person)
    rows = sql.execute(
        select(
            C.id, C.number, C.month, C.starts_at, C.ends_at, C.closed_at, by.name, C.ledger_posting_id, C.ledger_hash,
            C.rows_hash, C.items, C.stock_minor, R.at, taker.name, R.reason,
        )
        .join(by, by.id == C.person_id)
        .outerjoin(R, R.closing_id == C.id)
        .outerjoin(taker, taker.id == R.person_id)
        .order_by(C.id)
    )  # fmt: skip
    return tuple(_closing(row) for row in rows)


def _closing(row: Any) -> Closing:
    return Closing(
        closing_id=row[0],
        number=row[1],
        month=Month.parse(row[2]),
        start=row[3],
        end=row[4],
        closed_at=row[5],
        closed_by=row[6],
        ledger_posting_id=row[7],
        ledger_hash=row[8],
        rows_hash=row[9],
        items=row[10],
        stock_minor=row[11],
        reopened_at=row[12],
        reopened_by=row[13] or "",
        reason=row[14] or "",
    )


def calendar(uow: UnitOfWork) -> Calendar:
    """The months as they stand in this transaction."""
    closings = all_closings(uow)
    moved = stock.first_move(uow)
    first = None if moved is None else Month.of(_day(uow, moved))
    if closings:
        earliest = closings[0].month
        first = earliest if first is None else min(first, earliest)
    return Calendar(first, Month.of(today(uow)), closings)


def today(uow: UnitOfWork) -> date:
    """The business day of now."""
    return _day(uow, uow.now)


def _day(uow: UnitOfWork, at: datetime) -> date:
    return business_day(at, uow.site.zone, uow.site.day_start_hour)


def month_moments(
    uow: UnitOfWork, month: Month, closings: tuple[Closing, ...] | None = None
) -> tuple[datetime, datetime]:
    """The first and the last moment of a month.

    Of a closed month as it was closed, whatever the site's zone and hour are now; the month after it begins right behind
    it, so that no moment is in two months or in none.
    """
    known = [one for one in (all_closings(uow) if closings is None else closings) if one.is_standing]
    start, end = period_moments(month.days, uow.site.zone, uow.site.day_start_hour)
    for one in known:
        if one.month == month:
            return one.start, one.end
        if one.month == month.before:
            start = one.end + timedelta(microseconds=1)
    return start, end


def closing_over(uow: UnitOfWork, start: datetime, end: datetime) -> Closing | None:
    """The closing that stands for exactly this period."""
    if uow.site.closed_until is None or end > uow.site.closed_until:
        return None
    found = (one for one in all_closings(uow) if one.is_standing)
    return next((one for one in found if (one.start, one.end) == (start, end)), None)


def standing_of(known: Calendar) -> Standing:
    """What the rules of closing need to know."""
    return Standing(known.first, known.running, None if known.newest is None else known.newest.month)
