"""Months that were closed, for schedules that follow a closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from core.errors import Refused
from core.i18n import _
from core.uow import UnitOfWork
from db.costing.months import MonthClosing, MonthReopening


@dataclass(frozen=True, slots=True)
class Closing:
    """A month, written 2026-10, and when it was closed."""

    month: str
    closed_at: datetime


def closings_after(uow: UnitOfWork, after: datetime) -> list[Closing]:
    """The closings after a moment that still stand, oldest first."""
    found = _standing().where(MonthClosing.closed_at > after).order_by(MonthClosing.closed_at, MonthClosing.id)
    return [Closing(row.month, row.closed_at) for row in uow.sql.execute(found)]


def newest_closing(uow: UnitOfWork) -> Closing:
    """The newest month closed. Raises Refused while none is."""
    row = uow.sql.execute(_standing().order_by(MonthClosing.month.desc(), MonthClosing.id.desc()).limit(1)).first()
    if row is None:
        raise Refused(_("No month is closed yet. Close one first, or choose another time for this schedule."))
    return Closing(row.month, row.closed_at)


def _standing() -> Select[str, datetime]:
    return (
        select(MonthClosing.month, MonthClosing.closed_at)
        .outerjoin(MonthReopening, MonthReopening.closing_id == MonthClosing.id)
        .where(MonthReopening.closing_id.is_(None))
    )
