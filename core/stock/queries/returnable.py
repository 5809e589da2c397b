"""What of a receipt or an issue can still go back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from core.registry import query
from core.stock.steps.links import open_quantities
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.enums import Permission
from db.enums import PostingKind as K
from db.stock import Location, Lot, StockEntry


@dataclass(frozen=True, slots=True)
class ReturnableRow:
    """A line of a receipt or issue: what it moved and what of it can still go back, in base units."""

    entry_id: int
    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    lot_id: int
    lot: str
    expires_on: date | None
    location_id: int
    location_name: str
    qty: Decimal
    left: Decimal
    unit: str


@query(Permission.STOCK_VIEW)
def list_returnable(uow: UnitOfWork, *, posting_id: int) -> list[ReturnableRow]:
    """The lines of a receipt or issue with what of each was not returned or reversed yet."""
    rows = uow.sql.execute(
        select(
            StockEntry.id,
            StockEntry.item_id,
            Item.code,
            Item.name,
            Item.name_en,
            StockEntry.lot_id,
            Lot.number,
            Lot.expires_on,
            StockEntry.location_id,
            Location.name.label("place"),
            StockEntry.qty,
            Item.base_unit,
        )
        .join(Item, Item.id == StockEntry.item_id)
        .join(Location, Location.id == StockEntry.location_id)
        .outerjoin(Lot, Lot.id == StockEntry.lot_id)
        .where(
            StockEntry.posting_id == posting_id,
            StockEntry.kind.in_((K.RECEIPT, K.ISSUE)),
            StockEntry.is_reversal.is_(False),
        )
        .order_by(StockEntry.line)
    ).all()
    left = open_quantities(uow, [row.id for row in rows])
    return [
        ReturnableRow(*row[:6], row.number or "", *row[7:10], abs(from_micro(row.qty)), left[row.id], row.base_unit)
        for row in rows
    ]
