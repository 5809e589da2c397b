"""Quantities and values now and at any moment: the balances, or the entries summed from the nearer end of the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from core.uow import UnitOfWork
from db.columns import micros
from db.sql import total
from db.stock import ItemCost, StockBalance, StockEntry

Place = tuple[int, int, int]


def quantities(uow: UnitOfWork, *, as_of: datetime | None = None, item_id: int | None = None) -> dict[Place, int]:
    """Millionths by (item, location, lot), now or after everything effective at `as_of`; zeros are left out."""
    key = (StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id)
    if as_of is not None and not _is_near_end(uow, as_of):
        query = select(*key, total(StockEntry.qty)).where(StockEntry.at <= micros(as_of)).group_by(*key)
        rows = uow.sql.execute(query if item_id is None else query.where(StockEntry.item_id == item_id))
        return {(row[0], row[1], row[2]): row[3] for row in rows.all() if row[3]}
    balance = select(StockBalance.item_id, StockBalance.location_id, StockBalance.lot_id, StockBalance.qty)
    if item_id is not None:
        balance = balance.where(StockBalance.item_id == item_id)
    found = {(row[0], row[1], row[2]): row[3] for row in uow.sql.execute(balance).all()}
    if as_of is not None:
        later = select(*key, total(StockEntry.qty)).where(StockEntry.at > micros(as_of)).group_by(*key)
        for row in uow.sql.execute(later if item_id is None else later.where(StockEntry.item_id == item_id)):
            place = (row[0], row[1], row[2])
            found[place] = found.get(place, 0) - row[3]
    return {place: qty for place, qty in found.items() if qty}


def values(uow: UnitOfWork, *, as_of: datetime | None = None, item_id: int | None = None) -> dict[int, tuple[int, int]]:
    """Quantity (millionths) and value (minor units) by item, now or at `as_of`."""
    sums = (StockEntry.item_id, total(StockEntry.qty), total(StockEntry.value))
    if as_of is not None and not _is_near_end(uow, as_of):
        return _by_item(uow, select(*sums).where(StockEntry.at <= micros(as_of)), item_id)
    now = select(ItemCost.item_id, ItemCost.qty, ItemCost.value)
    if item_id is not None:
        now = now.where(ItemCost.item_id == item_id)
    found = {row[0]: (row[1], row[2]) for row in uow.sql.execute(now).all()}
    if as_of is not None:
        for item, (qty, value) in _by_item(uow, select(*sums).where(StockEntry.at > micros(as_of)), item_id).items():
            before = found.get(item, (0, 0))
            found[item] = (before[0] - qty, before[1] - value)
    return found


def _by_item(uow: UnitOfWork, query: object, item_id: int | None) -> dict[int, tuple[int, int]]:
    if item_id is not None:
        query = query.where(StockEntry.item_id == item_id)  # type: ignore[attr-defined]
    rows = uow.sql.execute(query.group_by(StockEntry.item_id))  # type: ignore[attr-defined]
    return {row[0]: (row[1], row[2]) for row in rows.all()}


def _is_near_end(uow: UnitOfWork, as_of: datetime) -> bool:
    """Whether fewer entries probably lie after the moment than before it."""
    ends = (
        uow.sql.execute(select(func.min(StockEntry.at))).scalar(),
        uow.sql.execute(select(func.max(StockEntry.at))).scalar(),
    )
    if ends[0] is None or ends[1] is None:
        return True
    return micros(as_of) - ends[0] > ends[1] - micros(as_of)
