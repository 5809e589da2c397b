"""Closing months in tests: one step of any kind, and everything stored of entries, to be compared later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from core import costing
from core.clock import FixedClock
from core.costing import Closed
from core.errors import NeedsConfirmation
from core.office import Office
from core.registry import query
from core.uow import UnitOfWork
from db.base import table_of
from db.stock import StockEntry

MARCH, APRIL, MAY = "2026-03", "2026-04", "2026-05"
IN_APRIL = datetime(2026, 4, 8, 4, 0, tzinfo=UTC)
IN_MAY = datetime(2026, 5, 6, 4, 0, tzinfo=UTC)


def close(office: Office, month: str = MARCH) -> Closed:
    """Close a month, whatever its checks say."""
    return office.do(costing.close_month, month=month, confirmed=frozenset({"open_checks"}))


def close_march(office: Office, clock: FixedClock) -> Closed:
    """Go on to April and close March."""
    clock.at = max(clock.at, IN_APRIL)
    return close(office, MARCH)


def asks(office: Office, month: str) -> NeedsConfirmation | None:
    """The question that closing a month asks, if any; nothing is closed then."""
    try:
        office.do(costing.close_month, month=month)
    except NeedsConfirmation as question:
        return question
    return None


@query(None)
def stored_entries(uow: UnitOfWork) -> dict[int, tuple[Any, ...]]:
    """Every entry with all its columns, by its id."""
    return {row.id: tuple(row) for row in uow.sql.execute(select(table_of(StockEntry)))}
