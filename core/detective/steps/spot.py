"""The line in question: item, place and lot with their names, what was counted, what the book says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, and_, func, select, type_coerce

from core.detective.rules.clues import Gap
from core.errors import NotFound
from core.i18n import Name, _
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.columns import micros
from db.counting import StockCount, StockCountLine
from db.enums import CountState
from db.sql import total
from db.stock import ItemCost, Location, Lot, StockBalance, StockEntry

L, C, B, E = table_of(StockCountLine), table_of(StockCount), table_of(StockBalance), table_of(StockEntry)
OPEN = (CountState.COUNTING, CountState.TO_RESOLVE, CountState.TO_APPROVE)
counted_micros = type_coerce(L.c.counted_at, BigInteger)


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its codes and names."""

    id: int
    code: str
    name: Name
    path: str


@dataclass(frozen=True, slots=True)
class Spot:
    """An item at a place, in a lot (0: none). `ledger_id` is the ledger's last entry when it was counted."""

    item_id: int
    code: str
    item: Name
    base_unit: str
    place: Place
    lot_id: int
    lot: str


def load_spot(uow: UnitOfWork, item_id: int, location_id: int, lot_id: int) -> Spot:
    """The names of a line. Raises NotFound."""
    item = uow.sql.execute(select(Item.code, Item.name, Item.name_en, Item.base_unit).where(Item.id == item_id)).first()
    place = uow.sql.execute(
        select(Location.id, Location.code, Location.name, Location.name_en, Location.path).where(
            Location.id == location_id
        )
    ).first()
    if item is None:
        raise NotFound(_("There is no such item ({item_id}).", item_id=item_id), field="item")
    if place is None:
        raise NotFound(_("There is no such place."), field="location")
    lot = uow.sql.execute(select(Lot.number).where(Lot.id == lot_id)).scalar() if lot_id else ""
    where = Place(place.id, place.code, Name(place.name, place.name_en), place.path)
    return Spot(item_id, item.code, Name(item.name, item.name_en), item.base_unit, where, lot_id, lot or "")


def gaps_where(uow: UnitOfWork, *wanted: Any) -> list[Gap]:
    """Counted lines chosen by conditions on lines and counts, each beside the book at the moment it was counted: as posted
    where the count is posted, else as the ledger has it now. One statement."""
    here = and_(B.c.item_id == L.c.item_id, B.c.location_id == L.c.location_id, B.c.lot_id == L.c.lot_id)
    after = (
        select(total(E.c.qty))
        .where(
            E.c.item_id == L.c.item_id, E.c.location_id == L.c.location_id, E.c.lot_id == L.c.lot_id,
            E.c.at > counted_micros, L.c.posted_expected.is_(None),
        )
        .correlate(L)
        .scalar_subquery()
    )  # fmt: skip
    book = func.coalesce(L.c.posted_expected, func.coalesce(B.c.qty, 0) - after)
    names = (
        Item.name, Item.name_en, Item.base_unit, func.coalesce(Item.category_id, 0).label("category_id"),
        Location.name.label("place"), Location.name_en.label("place_en"), func.coalesce(Lot.number, "").label("lot"),
    )  # fmt: skip
    rows = uow.sql.execute(
        select(L, C.c.number, C.c.state, book.label("book"), *names)
        .join(C, C.c.id == L.c.count_id)
        .join(Item, Item.id == L.c.item_id)
        .join(Location, Location.id == L.c.location_id)
        .outerjoin(Lot, Lot.id == L.c.lot_id)
        .outerjoin(B, here)
        .where(L.c.counted_qty.is_not(None), L.c.counted_at.is_not(None), *wanted)
        .order_by(L.c.counted_at, L.c.id)
    )
    return [
        Gap(
            row.id, row.count_id, row.number, CountState(row.state), row.item_id, Name(row.name, row.name_en),
            row.location_id, Name(row.place, row.place_en), row.lot_id, row.lot, int(row.counted_qty), int(row.book),
            micros(row.counted_at), row.base_unit, int(row.category_id),
        )
        for row in rows
    ]  # fmt: skip


def load_line(uow: UnitOfWork, line_id: int) -> Gap:
    """The counted line in question. Raises NotFound when it is not there or nobody counted it yet."""
    found = gaps_where(uow, L.c.id == line_id)
    if not found:
        raise NotFound(_("This line is not counted, or not on the count any more."), field="count_line_id")
    return found[0]


def balance_of(uow: UnitOfWork, item_id: int, location_id: int, lot_id: int) -> int:
    """What the book has now (millionths)."""
    held = uow.sql.execute(
        select(B.c.qty).where(B.c.item_id == item_id, B.c.location_id == location_id, B.c.lot_id == lot_id)
    ).scalar()
    return int(held or 0)


def unit_worth(uow: UnitOfWork, item_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Value (minor units) and quantity (millionths) that say what items are worth: of what is there, else the last known."""
    rows = uow.sql.execute(
        select(ItemCost.item_id, ItemCost.qty, ItemCost.value, ItemCost.last_qty, ItemCost.last_value).where(
            ItemCost.item_id.in_(item_ids)
        )
    )
    return {row.item_id: (row.value, row.qty) if row.qty > 0 else (row.last_value, row.last_qty) for row in rows}
