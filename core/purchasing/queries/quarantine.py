"""The work list of inspection: goods in quarantine, those that expire first on top."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from core import stock
from core.purchasing.types.quarantine import QuarantineRow
from core.registry import query
from core.uow import UnitOfWork
from core.values import plain, round_decimal
from db.catalog import Item, Supplier
from db.enums import InspectionState, Permission
from db.purchasing import PurchaseReceipt, PurchaseReceiptLine
from db.stock import Location, Lot

R, RL = PurchaseReceipt, PurchaseReceiptLine


@query(Permission.STOCK_VIEW)
def list_quarantine(uow: UnitOfWork, *, supplier_id: int | None = None) -> list[QuarantineRow]:
    """Goods of deliveries that wait for inspection, those that expire first on top. Two statements."""
    columns = (
        RL.id, RL.receipt_id, R.number, R.received_at, R.supplier_id, Supplier.name.label("supplier"),
        Supplier.name_en.label("supplier_en"), RL.item_id, Item.code, Item.name, Item.name_en, RL.qty, RL.unit, RL.factor,
        RL.lot_id, Lot.number.label("lot"), Lot.expires_on, Location.name.label("place"),
        Location.name_en.label("place_en"), RL.accrued, RL.note, RL.entry_id,
    )  # fmt: skip
    listed = (
        select(*columns)
        .join(R, R.id == RL.receipt_id)
        .join(Item, Item.id == RL.item_id)
        .outerjoin(Supplier, Supplier.id == R.supplier_id)
        .outerjoin(Lot, Lot.id == RL.lot_id)
        .outerjoin(Location, Location.id == RL.location_id)
        .where(RL.inspection == InspectionState.QUARANTINE, RL.entry_id.is_not(None), R.reversal_id.is_(None))
    )
    if supplier_id is not None:
        listed = listed.where(R.supplier_id == supplier_id)
    rows = uow.sql.execute(listed).all()
    left = stock.open_quantities(uow, [row.entry_id for row in rows])
    sees_cost = uow.may(Permission.COST_VIEW)
    found = [
        QuarantineRow(
            row.id, row.receipt_id, row.number, row.received_at, row.supplier_id, row.supplier or "",
            row.supplier_en or "", row.item_id, row.code, row.name, row.name_en, row.qty,
            plain(round_decimal(left.get(row.entry_id, Decimal(0)) / row.factor, 6)), row.unit, row.lot_id, row.lot or "",
            row.expires_on, row.place or "", row.place_en or "", uow.money(row.accrued) if sees_cost else None, row.note,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row.expires_on or date.max, row.at, row.id))
