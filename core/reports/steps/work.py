"""What waits to be done: lots that expire, counts, goods on their way, items of which there is too little."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, case, func, select, type_coerce

from core import stock
from core.reports.types import WorkKind, WorkRow
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item, StockPolicy, Unit
from db.counting import StockCount, StockCountLine
from db.enums import CountState, LocationKind, Permission
from db.sql import total
from db.stock import ItemCost, Location, Lot, StockBalance

SOON_DAYS = 3
LISTED = 5
OPEN = (CountState.COUNTING, CountState.TO_RESOLVE, CountState.TO_APPROVE)
_COUNT_WORK = {
    CountState.COUNTING: (WorkKind.COUNT, Permission.COUNT_ENTER),
    CountState.TO_RESOLVE: (WorkKind.RESOLVE, Permission.COUNT_MANAGE),
    CountState.TO_APPROVE: (WorkKind.APPROVE, Permission.COUNT_APPROVE),
}


def lots_due(uow: UnitOfWork, today: date) -> tuple[list[Any], list[Any]]:
    """Lots of which something is left: those that have expired, and those that will within three days."""
    left = total(StockBalance.qty).label("left")
    rows = uow.sql.execute(
        select(Lot.id, Lot.item_id, Lot.number, Lot.expires_on, left)
        .join(StockBalance, (StockBalance.item_id == Lot.item_id) & (StockBalance.lot_id == Lot.id))
        .where(Lot.expires_on <= today + timedelta(days=SOON_DAYS), StockBalance.qty != 0)
        .group_by(Lot.id, Lot.item_id, Lot.number, Lot.expires_on)
        .having(func.sum(StockBalance.qty) > 0)
        .order_by(Lot.expires_on, Lot.id)
    ).all()
    return [row for row in rows if row.expires_on < today], [row for row in rows if row.expires_on >= today]


def items_below(uow: UnitOfWork) -> list[tuple[int, int, int]]:
    """Item, on hand and floor (millionths) of every item of which there is less than its minimum or safety stock on the
    whole site, or less than nothing; the worst first. Goods on their way are not on hand."""
    way = (
        select(StockBalance.item_id, total(StockBalance.qty).label("qty"))
        .join(Location, Location.id == StockBalance.location_id)
        .where(Location.kind == LocationKind.TRANSIT, StockBalance.qty != 0)
        .group_by(StockBalance.item_id)
        .subquery()
    )
    here = func.coalesce(ItemCost.qty, 0) - func.coalesce(way.c.qty, 0)
    minimum, safety = func.coalesce(StockPolicy.minimum, 0), func.coalesce(StockPolicy.safety, 0)
    floor = type_coerce(case((minimum > safety, minimum), else_=safety), BigInteger)
    with_floor = (
        select(Item.id, here.label("here"), floor.label("floor"))
        .join(StockPolicy, (StockPolicy.item_id == Item.id) & (StockPolicy.location_id == 0))
        .outerjoin(ItemCost, ItemCost.item_id == Item.id)
        .outerjoin(way, way.c.item_id == Item.id)
        .where(here < floor, Item.is_active | (here != 0))
    )
    less_than_none = (
        select(ItemCost.item_id, here.label("here")).outerjoin(way, way.c.item_id == ItemCost.item_id).where(here < 0)
    )
    found = {row[0]: (int(row[1]), 0) for row in uow.sql.execute(less_than_none)}
    found |= {row[0]: (int(row[1]), int(row[2])) for row in uow.sql.execute(with_floor)}
    rows = [(item_id, qty, floor) for item_id, (qty, floor) in found.items()]
    return sorted(rows, key=lambda row: (row[1] / row[2] if row[2] else min(row[1], 0) * 1.0, row[0]))


def count_rows(uow: UnitOfWork) -> list[Any]:
    """Counts that are not finished, oldest first, with how many lines each has and how many are counted."""
    counted = total(case((StockCountLine.counted_qty.is_not(None), 1), else_=0))
    return list(
        uow.sql.execute(
            select(
                StockCount.id,
                StockCount.number,
                StockCount.state,
                StockCount.title,
                StockCount.created_at,
                func.count(StockCountLine.id).label("lines"),
                counted.label("counted"),
            )
            .outerjoin(StockCountLine, StockCountLine.count_id == StockCount.id)
            .where(StockCount.state.in_(OPEN))
            .group_by(StockCount.id, StockCount.number, StockCount.state, StockCount.title, StockCount.created_at)
            .order_by(StockCount.created_at)
        )
    )


def transfers_on_the_way(uow: UnitOfWork) -> list[stock.TransitRow]:
    """Transfers sent and not received; the ledger is searched only when something is on its way."""
    lying = (
        select(StockBalance.item_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(Location.kind == LocationKind.TRANSIT, StockBalance.qty != 0)
        .limit(1)
    )
    return stock.list_in_transit(uow) if uow.sql.execute(lying).first() is not None else []


def lot_work(uow: UnitOfWork, kind: WorkKind, lots: Sequence[Any]) -> list[WorkRow]:
    """Lots as work."""
    shown = lots[:LISTED]
    facts = _item_facts(uow, [lot.item_id for lot in shown])
    rows = []
    for lot in shown:
        _code, name, name_en, unit, unit_en = facts[lot.item_id]
        rows.append(
            WorkRow(
                kind,
                lot.id,
                lot.number,
                name,
                name_en,
                None,
                lot.expires_on,
                from_micro(int(lot.left)),
                None,
                unit=unit,
                unit_en=unit_en,
            )
        )
    return _with_rest(rows, kind, len(lots))


def below_work(uow: UnitOfWork, below: Sequence[tuple[int, int, int]]) -> list[WorkRow]:
    """Items with too little as work."""
    shown = below[:LISTED]
    facts = _item_facts(uow, [item_id for item_id, _qty, _floor in shown])
    rows = []
    for item_id, qty, floor in shown:
        code, name, name_en, unit, unit_en = facts[item_id]
        rows.append(
            WorkRow(
                WorkKind.BELOW,
                item_id,
                code,
                name,
                name_en,
                None,
                None,
                from_micro(qty),
                from_micro(floor),
                unit=unit,
                unit_en=unit_en,
            )
        )
    return _with_rest(rows, WorkKind.BELOW, len(below))


def count_work(uow: UnitOfWork, counts: Sequence[Any]) -> list[WorkRow]:
    """Counts in the state this person can bring forward."""
    found = []
    for row in counts:
        kind, right = _COUNT_WORK[CountState(row.state)]
        if uow.may(right):
            done, lines = Decimal(int(row.counted)), Decimal(int(row.lines))
            found.append(WorkRow(kind, row.id, row.number, row.title, row.title, row.created_at, None, done, lines))
    return found


def transfer_work(transfers: Sequence[stock.TransitRow]) -> list[WorkRow]:
    """Transfers to be received."""
    rows = [
        WorkRow(
            WorkKind.ARRIVAL, one.posting_id, one.number, one.to_words, one.to_words_en, one.at, qty=Decimal(one.lines)
        )
        for one in transfers[:LISTED]
    ]
    return _with_rest(rows, WorkKind.ARRIVAL, len(transfers))


def _with_rest(rows: list[WorkRow], kind: WorkKind, count: int) -> list[WorkRow]:
    return rows if count <= len(rows) else [*rows, WorkRow(kind, 0, count=count - len(rows))]


def _item_facts(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, tuple[str, str, str, str, str]]:
    """Code, names, and the base unit's name in both languages."""
    if not ids:
        return {}
    rows = uow.sql.execute(
        select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, Unit.name, Unit.name_en, Unit.dimension)
        .outerjoin(Unit, Unit.code == Item.base_unit)
        .where(Item.id.in_(ids))
    )
    found = {}
    for key, code, name, name_en, unit, unit_name, unit_name_en, dimension in rows:
        is_sign = dimension and unit.isascii()
        units = (unit, unit) if is_sign else (unit_name or unit, unit_name_en or unit)
        found[key] = (code, name, name_en, *units)
    return found
