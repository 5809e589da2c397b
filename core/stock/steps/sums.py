"""Quantities and values now and at any moment, reckoned from the nearest of three ends: the beginning of the ledger, a
closing that stands, or the balances of now; only the entries between that end and the moment are summed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from core.uow import UnitOfWork
from db.columns import micros
from db.prepared import Prepared
from db.sql import total
from db.stock import ItemCost, StockBalance, StockClosed, StockClosedBalance, StockClosedValue, StockEntry

Place = tuple[int, int, int]
E = StockEntry
# The sum keeps SQLite from walking the whole ledger by item where the entries of a time are asked for: two to three times
# as long.
_ITEM = (E.item_id + 0).label("item_id")
_COST = select(ItemCost.item_id, ItemCost.qty, ItemCost.value)
_COSTS = Prepared(_COST)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a sum starts: nothing at the beginning of the ledger (`at` None, `is_now` False), a closing, or now."""

    at: int | None = None
    closing_id: int = 0
    is_now: bool = False

    def between(self, as_of: int) -> tuple[int, list[ColumnElement[bool]]]:
        """The sign and which entries lie between the start and the moment."""
        if self.is_now:
            return -1, [E.at > as_of]
        if self.at is None:
            return 1, [E.at <= as_of]
        if self.at <= as_of:
            return 1, [E.at > self.at, E.at <= as_of]
        return -1, [E.at > as_of, E.at <= self.at]


def quantities(uow: UnitOfWork, *, as_of: datetime | None = None, item_id: int | None = None) -> dict[Place, int]:
    """Millionths by (item, location, lot), now or after everything effective at `as_of`; zeros are left out."""
    start = Start(is_now=True) if as_of is None else start_of(uow, as_of)
    found: dict[Place, int] = {}
    if start.is_now:
        balance = select(StockBalance.item_id, StockBalance.location_id, StockBalance.lot_id, StockBalance.qty)
        found = _quantities(_rows(uow, balance, StockBalance.item_id, item_id))
    elif start.closing_id:
        closed = StockClosedBalance
        stored = select(closed.item_id, closed.location_id, closed.lot_id, closed.qty)
        stored = stored.where(closed.closing_id == start.closing_id)
        found = _quantities(_rows(uow, stored, closed.item_id, item_id))
    if as_of is not None:
        key = (E.item_id, E.location_id, E.lot_id)
        sign, which = start.between(micros(as_of))
        moved = select(*key, total(E.qty)).where(*which).group_by(*key)
        for row in _rows(uow, moved, E.item_id, item_id):
            place = (row[0], row[1], row[2])
            found[place] = found.get(place, 0) + sign * row[3]
    return {place: qty for place, qty in found.items() if qty}


def values(uow: UnitOfWork, *, as_of: datetime | None = None, item_id: int | None = None) -> dict[int, tuple[int, int]]:
    """Quantity (millionths) and value (minor units) by item, now or at `as_of`."""
    start = Start(is_now=True) if as_of is None else start_of(uow, as_of)
    found: dict[int, tuple[int, int]] = {}
    if start.is_now:
        now = _COSTS.rows(uow.sql) if item_id is None else _rows(uow, _COST, ItemCost.item_id, item_id)
        found = {row[0]: (row[1], row[2]) for row in now}
    elif start.closing_id:
        closed = StockClosedValue
        stored = select(closed.item_id, closed.qty, closed.value).where(closed.closing_id == start.closing_id)
        found = {row[0]: (row[1], row[2]) for row in _rows(uow, stored, closed.item_id, item_id)}
    if as_of is not None:
        sign, which = start.between(micros(as_of))
        moved = select(_ITEM, total(E.qty), total(E.value)).where(*which).group_by(_ITEM)
        for row in _rows(uow, moved, E.item_id, item_id):
            qty, value = found.get(row[0], (0, 0))
            found[row[0]] = (qty + sign * row[1], value + sign * row[2])
    return found


def start_of(uow: UnitOfWork, as_of: datetime) -> Start:
    """The end from which the fewest entries probably lie between it and a moment, judged by time."""
    at = micros(as_of)
    first = uow.sql.execute(select(func.min(E.at))).scalar()
    last = uow.sql.execute(select(func.max(E.at))).scalar()
    if first is None or last is None:
        return Start(is_now=True)
    ways = [(max(last - at, 0), 0, Start(is_now=True)), (max(at - first, 0), 2, Start())]
    gap = func.abs(StockClosed.until_at - at)
    nearest = uow.sql.execute(
        select(StockClosed.closing_id, StockClosed.until_at).where(StockClosed.is_standing).order_by(gap).limit(1)
    ).first()
    if nearest is not None:
        ways.append((abs(nearest.until_at - at), 1, Start(nearest.until_at, nearest.closing_id)))
    return min(ways, key=lambda way: way[:2])[2]


def _rows(uow: UnitOfWork, wanted: Any, column: Any, item_id: int | None) -> Iterable[Any]:
    return uow.sql.execute(wanted if item_id is None else wanted.where(column == item_id)).all()


def _quantities(rows: Iterable[Any]) -> dict[Place, int]:
    return {(row[0], row[1], row[2]): row[3] for row in rows}
