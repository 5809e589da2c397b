"""What a figure is held against the moment it is entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from core.counting.rules.detect import Neighbour, Surroundings
from core.counting.steps.book import Position
from core.uow import UnitOfWork
from db.catalog import Item, ItemUnit
from db.columns import micros
from db.counting import StockCount, StockCountLine
from db.enums import CountState
from db.stock import StockBalance, StockEntry, StockPosting

LATELY = timedelta(days=7)
MOST_MOVEMENTS = 40


def load_surroundings(
    uow: UnitOfWork, line: Row[Any], position: Position, last: int | None, *, sees_book: bool
) -> Surroundings:
    """The book, the last count and, for who may see the book, packs, neighbours and late movements."""
    if not sees_book:
        return Surroundings(0, last)
    return Surroundings(
        position.expected, last, _packs(uow, line.item_id), _neighbours(uow, line), _movements(uow, line)
    )


def last_counted(uow: UnitOfWork, line: Row[Any]) -> int | None:
    """What the last posted count found at this line (millionths)."""
    found = uow.sql.execute(
        select(StockCountLine.counted_qty)
        .join(StockCount, StockCount.id == StockCountLine.count_id)
        .where(
            StockCountLine.item_id == line.item_id,
            StockCountLine.location_id == line.location_id,
            StockCountLine.lot_id == line.lot_id,
            StockCountLine.counted_qty.is_not(None),
            StockCount.state == CountState.POSTED,
        )
        .order_by(StockCountLine.counted_at.desc())
        .limit(1)
    ).scalar()
    return None if found is None else int(found)


def _packs(uow: UnitOfWork, item_id: int) -> Mapping[str, int]:
    rows = uow.sql.execute(select(ItemUnit.unit, ItemUnit.factor).where(ItemUnit.item_id == item_id))
    return {row.unit: int(row.factor.scaleb(6)) for row in rows}


def _neighbours(uow: UnitOfWork, line: Row[Any]) -> list[Neighbour]:
    rows = uow.sql.execute(
        select(Item.name, StockCountLine.counted_qty, StockBalance.qty)
        .join(Item, Item.id == StockCountLine.item_id)
        .outerjoin(
            StockBalance,
            (StockBalance.item_id == StockCountLine.item_id)
            & (StockBalance.location_id == StockCountLine.location_id)
            & (StockBalance.lot_id == StockCountLine.lot_id),
        )
        .where(
            StockCountLine.count_id == line.count_id,
            StockCountLine.location_id == line.location_id,
            StockCountLine.position.in_((line.position - 1, line.position + 1)),
        )
    )
    return [Neighbour(row.name, int(row.qty or 0), row.counted_qty) for row in rows]


def _movements(uow: UnitOfWork, line: Row[Any]) -> dict[str, int]:
    rows = uow.sql.execute(
        select(StockPosting.number, StockEntry.qty)
        .join(StockPosting, StockPosting.id == StockEntry.posting_id)
        .where(
            StockEntry.item_id == line.item_id,
            StockEntry.location_id == line.location_id,
            StockEntry.at >= micros(uow.now - LATELY),
            StockEntry.counted_qty.is_(None),
            StockEntry.qty != 0,
        )
        .order_by(StockEntry.at.desc(), StockEntry.id.desc())
        .limit(MOST_MOVEMENTS)
    )
    return {row.number: row.qty for row in rows}
