"""Places and lots as lists and cards, and what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from core.registry import query
from core.stock.queries.purposes import purpose_words
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.enums import LocationKind, Permission, PostingKind
from db.identity import Person
from db.sql import chunks, total
from db.stock import Location, Lot, StockBalance, StockEntry, StockPosting, WasteReason


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place with how many different items lie right there."""

    location_id: int
    parent_id: int | None
    code: str
    name: str
    name_en: str
    kind: LocationKind
    storage_kind: str
    path: str
    depth: int
    walk_order: int
    distance: int
    allow_negative: bool
    is_locked: bool
    lock_note: str
    is_active: bool
    version: int
    items: int

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.location_id


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot with what is left of it."""

    lot_id: int
    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    number: str
    expires_on: date | None
    produced_on: date | None
    is_blocked: bool
    note: str
    qty: Decimal
    unit: str

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.lot_id


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason of waste as the fast screen shows it."""

    code: str
    digit: int
    name: str
    name_en: str
    report_group: str
    needs_note: bool


@dataclass(frozen=True, slots=True)
class TransitRow:
    """Goods sent and not received yet."""

    posting_id: int
    number: str
    at: datetime
    purpose: str
    lines: int
    by: str
    to_words: str = ""
    to_words_en: str = ""

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.posting_id


@query(Permission.STOCK_VIEW)
def list_locations(uow: UnitOfWork, *, with_retired: bool = False) -> list[LocationRow]:
    """Places as a tree: parents before what lies in them, in walking order."""
    held = (
        select(StockBalance.location_id, func.count(StockBalance.item_id.distinct()).label("items"))
        .where(StockBalance.qty != 0)
        .group_by(StockBalance.location_id)
        .subquery()
    )
    rows = uow.sql.execute(
        select(
            Location.id,
            Location.parent_id,
            Location.code,
            Location.name,
            Location.name_en,
            Location.kind,
            Location.storage_kind,
            Location.path,
            Location.walk_order,
            Location.distance,
            Location.allow_negative,
            Location.is_locked,
            Location.lock_note,
            Location.is_active,
            Location.version,
            func.coalesce(held.c["items"], 0),
        ).outerjoin(held, held.c.location_id == Location.id)
    )
    found = [_location(row) for row in rows if with_retired or row[13]]
    orders = {row.location_id: (row.kind is LocationKind.TRANSIT, row.walk_order, row.code) for row in found}
    return sorted(
        found, key=lambda row: [orders.get(int(part), (True, 0, "")) for part in row.path.strip("/").split("/")]
    )


@query(Permission.STOCK_VIEW)
def list_lots(
    uow: UnitOfWork,
    *,
    item_id: int | None = None,
    expiring_by: date | None = None,
    text: str = "",
    with_empty: bool = False,
) -> list[LotRow]:
    """Lots in order of expiry, with what is left of each."""
    conditions: list[ColumnElement[bool]] = []
    if item_id is not None:
        conditions.append(Lot.item_id == item_id)
    if expiring_by is not None:
        conditions.append(Lot.expires_on <= expiring_by)
    if text:
        like = f"%{text}%"
        conditions.append(or_(Lot.number.like(like), Item.code.like(like), Item.name.like(like)))
    return [row for row in _lots(uow, conditions) if with_empty or row.qty]


@query(Permission.STOCK_VIEW)
def find_lots(uow: UnitOfWork, *, number: str, item_id: int | None = None) -> list[LotRow]:
    """The lots with exactly this number, of one item or of all; those with stock first."""
    conditions = [Lot.number == number.strip(), *([Lot.item_id == item_id] if item_id is not None else [])]
    return sorted(_lots(uow, conditions), key=lambda row: row.qty <= 0)


def lot_rows(uow: UnitOfWork, lot_ids: Sequence[int]) -> list[LotRow]:
    """These lots, with what is left of each."""
    return [row for part in chunks(lot_ids) for row in _lots(uow, [Lot.id.in_(part)])]


def _lots(uow: UnitOfWork, conditions: Sequence[ColumnElement[bool]]) -> list[LotRow]:
    left = select(StockBalance.lot_id, total(StockBalance.qty).label("qty")).where(StockBalance.lot_id > 0)
    sums = left.group_by(StockBalance.lot_id).subquery()
    rows = uow.sql.execute(
        select(
            Lot.id,
            Lot.item_id,
            Item.code,
            Item.name,
            Item.name_en,
            Lot.number,
            Lot.expires_on,
            Lot.produced_on,
            Lot.is_blocked,
            Lot.note,
            func.coalesce(sums.c.qty, 0),
            Item.base_unit,
        )
        .join(Item, Item.id == Lot.item_id)
        .outerjoin(sums, sums.c.lot_id == Lot.id)
        .where(*conditions)
        .order_by(Lot.expires_on.is_(None), Lot.expires_on, Item.code, Lot.number)
    )
    return [LotRow(*row[:10], from_micro(int(row[10])), row[11]) for row in rows]


@query(Permission.STOCK_VIEW)
def list_waste_reasons(uow: UnitOfWork) -> list[ReasonRow]:
    """The reasons of waste in use, by digit."""
    columns = (
        WasteReason.code,
        WasteReason.digit,
        WasteReason.name,
        WasteReason.name_en,
        WasteReason.report_group,
        WasteReason.needs_note,
    )
    rows = uow.sql.execute(select(*columns).where(WasteReason.is_active).order_by(WasteReason.digit))
    return [ReasonRow(*row) for row in rows]


@query(Permission.STOCK_VIEW)
def list_in_transit(uow: UnitOfWork) -> list[TransitRow]:
    """Transfers that were sent and have not arrived, oldest first."""
    follow_up = aliased(StockPosting)
    rows = uow.sql.execute(
        select(StockPosting.id, StockPosting.number, StockPosting.at, StockPosting.purpose, func.count(), Person.name)
        .join(StockEntry, StockEntry.posting_id == StockPosting.id)
        .join(Location, Location.id == StockEntry.location_id)
        .join(Person, Person.id == StockPosting.person_id)
        .outerjoin(follow_up, follow_up.ref_id == StockPosting.id)
        .where(
            StockPosting.kind == PostingKind.TRANSFER,
            Location.kind == LocationKind.TRANSIT,
            StockEntry.qty > 0,
            follow_up.id.is_(None),
        )
        .group_by(StockPosting.id, StockPosting.number, StockPosting.at, StockPosting.purpose, Person.name)
        .order_by(StockPosting.at)
    )
    found = rows.all()
    words = purpose_words(uow, (row.purpose for row in found))
    return [TransitRow(*row, *words[row.purpose]) for row in found]


def _location(row: Any) -> LocationRow:
    facts: list[Any] = [*row[:5], LocationKind(row[5]), *row[6:8], row[7].count("/") - 2, *row[8:]]
    return LocationRow(*facts)
