"""What the ledger said at the moment something was counted, and what moved since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, and_, func, select, type_coerce

from core.uow import UnitOfWork
from core.values import round_half_up
from db.catalog import Item
from db.columns import micros
from db.counting import StockCountLine
from db.enums import CostMethod
from db.sql import chunks, total
from db.stock import ItemCost, StockBalance, StockEntry

Spot = tuple[int, int, int]
"""Item, location, lot (0: none)."""

counted_micros = type_coerce(StockCountLine.counted_at, BigInteger)


@dataclass(frozen=True, slots=True)
class Position:
    """Where the ledger stood: its last entry, and the quantity (millionths) it had at a moment."""

    ledger_id: int
    expected: int


def position_at(uow: UnitOfWork, spot: Spot, at: datetime) -> Position:
    """The ledger's position for one line, read in one statement so that both belong together."""
    item_id, location_id, lot_id = spot
    last = select(func.coalesce(func.max(StockEntry.id), 0)).scalar_subquery()
    balance = (
        select(StockBalance.qty)
        .where(StockBalance.item_id == item_id, StockBalance.location_id == location_id, StockBalance.lot_id == lot_id)
        .scalar_subquery()
    )
    later = select(total(StockEntry.qty)).where(_is_at(spot), StockEntry.at > micros(at)).scalar_subquery()
    row = uow.sql.execute(
        select(last.label("last"), func.coalesce(balance, 0).label("held"), later.label("later"))
    ).one()
    return Position(int(row.last), int(row.held) - int(row.later))


def moved_after(uow: UnitOfWork, spot: Spot, ledger_id: int) -> int:
    """What entries after a position of the ledger moved at a line, in and out added up (millionths)."""
    moved = select(total(func.abs(StockEntry.qty))).where(_is_at(spot), StockEntry.id > ledger_id)
    return int(uow.sql.execute(moved).scalar_one())


def _is_at(spot: Spot) -> ColumnElement[bool]:
    return and_(StockEntry.item_id == spot[0], StockEntry.location_id == spot[1], StockEntry.lot_id == spot[2])


@dataclass(frozen=True, slots=True)
class Book:
    """The book of one line in millionths: at the moment it was counted (now when it was not), what of that entered the
    ledger only afterwards, and what moved after the count."""

    expected: int
    late: int = 0
    moved_since: int = 0


def same_spot(entry: type[StockEntry] | type[StockBalance]) -> ColumnElement[bool]:
    """Join of a count's line with what the ledger has at its item, place and lot."""
    return and_(
        entry.item_id == StockCountLine.item_id,
        entry.location_id == StockCountLine.location_id,
        entry.lot_id == StockCountLine.lot_id,
    )


def load_books(uow: UnitOfWork, count_id: int) -> dict[int, Book]:
    """The book of every line of a count that is not posted yet: three statements, however many lines."""
    now = uow.sql.execute(
        select(StockCountLine.id, func.coalesce(StockBalance.qty, 0))
        .outerjoin(StockBalance, same_spot(StockBalance))
        .where(StockCountLine.count_id == count_id)
    ).all()
    after = _moved(uow, count_id, StockEntry.at > counted_micros)
    late = _moved(uow, count_id, and_(StockEntry.id > StockCountLine.ledger_id, StockEntry.at <= counted_micros))
    return {
        line_id: Book(int(held) - after.get(line_id, 0), late.get(line_id, 0), after.get(line_id, 0))
        for line_id, held in now
    }


def _moved(uow: UnitOfWork, count_id: int, when: ColumnElement[bool]) -> dict[int, int]:
    rows = uow.sql.execute(
        select(StockCountLine.id, total(StockEntry.qty))
        .join(StockEntry, same_spot(StockEntry))
        .where(StockCountLine.count_id == count_id, StockCountLine.counted_at.is_not(None), when)
        .group_by(StockCountLine.id)
    )
    return {line_id: int(qty) for line_id, qty in rows}


@dataclass(frozen=True, slots=True)
class Worth:
    """What an item is worth: a value in minor units for a quantity in millionths, exact as a ratio."""

    value: int = 0
    qty: int = 0

    def of(self, qty: int) -> int:
        """What a quantity is worth at that cost, in minor units."""
        return round_half_up(qty * self.value, self.qty) if self.qty else 0


def load_worth(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, Worth]:
    """The current cost of items: of what is there, else the last known, else the standard."""
    found: dict[int, Worth] = {}
    for part in chunks(sorted(set(item_ids))):
        rows = uow.sql.execute(
            select(
                Item.id,
                Item.standard_cost,
                ItemCost.method,
                ItemCost.standard,
                ItemCost.qty,
                ItemCost.value,
                ItemCost.last_qty,
                ItemCost.last_value,
            )
            .outerjoin(ItemCost, ItemCost.item_id == Item.id)
            .where(Item.id.in_(part))
        )
        for row in rows:
            if row.method == CostMethod.STANDARD:
                found[row.id] = Worth(row.standard, 10**12)
            elif row.qty and row.qty > 0:
                found[row.id] = Worth(row.value, row.qty)
            elif row.last_qty:
                found[row.id] = Worth(row.last_value, row.last_qty)
            else:
                standard = 0 if row.standard_cost is None else int(row.standard_cost.scaleb(6 + uow.site.digits))
                found[row.id] = Worth(standard, 10**12)
    return found
