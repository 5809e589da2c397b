"""The sums of a period by item, from two statements over the ledger, and what they are compared with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, select

from core.uow import UnitOfWork
from db.catalog import Category, Unit
from db.columns import micros
from db.sql import total
from db.stock import ItemCost, StockEntry


def just_before(start: datetime) -> datetime:
    """The last moment before a period."""
    return start - timedelta(microseconds=1)


def stock_minor_at(uow: UnitOfWork, end: datetime) -> int:
    """The value of the stock at a moment in minor units: the cost kept of each item, less what came after."""
    now = int(uow.sql.execute(select(total(ItemCost.value))).scalar_one())
    later = select(total(StockEntry.value)).where(StockEntry.at > micros(end))
    return now - int(uow.sql.execute(later).scalar_one())


def category_facts(uow: UnitOfWork) -> dict[int, Any]:
    """Parent, names and paths of every category, in the order of paths."""
    facts = (Category.id, Category.parent_id, Category.name, Category.name_en, Category.path)
    return {row.id: row for row in uow.sql.execute(select(*facts).order_by(Category.path))}


def unit_names(uow: UnitOfWork) -> dict[str, tuple[str, str]]:
    """Chinese and English names of the units that are known by name; a physical one is known by its sign (kg)."""
    rows = uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))
    return {row.code: (row.name, row.name_en) for row in rows if not (row.dimension and row.code.isascii())}


def is_gain() -> Any:
    """Whether an entry of a count found more; what takes a gain back is a smaller gain, not a loss."""
    worth = StockEntry.value + StockEntry.settled
    return case((StockEntry.is_reversal, -worth), else_=worth) > 0
