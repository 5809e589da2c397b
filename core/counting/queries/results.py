"""How well stock was counted, and every count of an item."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, distinct, func, select

from core.clock import day_ends_at, day_starts_at
from core.counting.steps.candidates import money_of
from core.counting.steps.rows import names_of
from core.counting.types import Accuracy, ItemCountRow, ReasonSum
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.counting import StockCount, StockCountLine
from db.enums import CountState, Permission
from db.sql import total
from db.stock import ItemCost, Location, Lot

L = StockCountLine


@query(Permission.COUNT_ENTER)
def get_count_accuracy(
    uow: UnitOfWork, *, start: date | None = None, end: date | None = None, count_id: int | None = None
) -> Accuracy:
    """How well stock was counted in a period (business days) or on one count.

    Lines within tolerance by lines counted; value accuracy is 1 less the absolute differences by the book value of what
    was counted; coverage is items counted by items in stock. Amounts only for who may see cost.
    """
    posted = _posted(uow, start, end, count_id)
    row = uow.sql.execute(
        select(
            func.count(distinct(L.count_id)).label("counts"),
            func.count().label("lines"),
            total(cast(L.is_within, Integer)).label("within"),
            func.count(distinct(L.item_id)).label("items"),
            total(L.posted_value).label("net"),
            total(func.abs(L.posted_value)).label("off"),
            total(func.abs(L.book_value)).label("book"),
        )
        .join(StockCount, StockCount.id == L.count_id)
        .where(*posted)
    ).one()
    in_stock = uow.sql.execute(select(func.count()).where(ItemCost.qty > 0)).scalar_one()
    sees = uow.may(Permission.COST_VIEW)
    value = max(Decimal(1) - Decimal(int(row.off)) / int(row.book), Decimal(0)) if row.book else None
    return Accuracy(
        int(row.counts),
        int(row.lines),
        int(row.within),
        int(row.items),
        int(in_stock),
        value if sees else None,
        money_of(uow, int(row.net)),
        money_of(uow, int(row.off)),
        _by_reason(uow, posted),
    )


def _posted(uow: UnitOfWork, start: date | None, end: date | None, count_id: int | None) -> list[ColumnElement[bool]]:
    zone, hour = uow.site.zone, uow.site.day_start_hour
    found: list[ColumnElement[bool]] = [StockCount.state == CountState.POSTED, L.posted_expected.is_not(None)]
    if start is not None:
        found.append(StockCount.approved_at >= day_starts_at(start, zone, hour))
    if end is not None:
        found.append(StockCount.approved_at <= day_ends_at(end, zone, hour))
    if count_id is not None:
        found.append(StockCount.id == count_id)
    return found


def _by_reason(uow: UnitOfWork, posted: list[ColumnElement[bool]]) -> tuple[ReasonSum, ...]:
    rows = uow.sql.execute(
        select(L.reason, func.count().label("lines"), total(L.posted_value).label("value"))
        .join(StockCount, StockCount.id == L.count_id)
        .where(*posted, L.is_within.is_(False))
        .group_by(L.reason)
        .order_by(func.sum(func.abs(L.posted_value)).desc(), L.reason)
    )
    return tuple(ReasonSum(row.reason, int(row.lines), money_of(uow, int(row.value))) for row in rows)


@query(Permission.COUNT_ENTER)
def list_item_counts(uow: UnitOfWork, *, item_id: int, limit: int = 100) -> list[ItemCountRow]:
    """Every posted count of an item, newest first."""
    rows = uow.sql.execute(
        select(
            L.count_id,
            StockCount.number,
            L.counted_at,
            Location.name,
            Location.name_en,
            Lot.number.label("lot"),
            L.counted_qty,
            L.posted_expected,
            L.posted_value,
            L.is_within,
            L.reason,
            L.counted_by,
        )
        .join(StockCount, StockCount.id == L.count_id)
        .join(Location, Location.id == L.location_id)
        .outerjoin(Lot, Lot.id == L.lot_id)
        .where(L.item_id == item_id, L.posted_expected.is_not(None), StockCount.state == CountState.POSTED)
        .order_by(L.counted_at.desc(), L.id.desc())
        .limit(limit)
    ).all()
    names = names_of(uow, {row.counted_by for row in rows})
    return [_item_row(uow, row, names[row.counted_by]) for row in rows]


def _item_row(uow: UnitOfWork, row: Any, by: str) -> ItemCountRow:
    return ItemCountRow(
        row.count_id,
        row.number,
        row.counted_at,
        row.name,
        row.name_en,
        row.lot or "",
        from_micro(row.counted_qty),
        from_micro(row.posted_expected),
        from_micro(row.counted_qty - row.posted_expected),
        money_of(uow, row.posted_value),
        bool(row.is_within),
        row.reason,
        by,
    )
