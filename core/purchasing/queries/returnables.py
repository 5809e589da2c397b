"""What can still go back to a supplier."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select

from core import stock
from core.purchasing.types.receipts import ReturnableLine
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item
from db.enums import Permission
from db.enums import PostingKind as K
from db.purchasing import PurchaseReceipt, PurchaseReceiptLine
from db.stock import Location, Lot, StockEntry, StockPosting

E, P, R, RL = StockEntry, StockPosting, PurchaseReceipt, PurchaseReceiptLine
MOST = 300


@query(Permission.STOCK_RETURN)
def list_returnable_lines(
    uow: UnitOfWork,
    *,
    supplier_id: int | None = None,
    receipt_id: int | None = None,
    item_id: int | None = None,
    lot_id: int | None = None,
) -> list[ReturnableLine]:
    """What was received and did not go back yet, newest first, at most 300 lines: of a supplier, a delivery, an item or a
    lot; also what was received without purchasing."""
    listed = (
        select(
            E.id, RL.id.label("line_id"), R.id.label("receipt_id"), P.number, P.document, P.at, P.supplier_id, E.item_id,
            Item.code, Item.name, Item.name_en, Item.base_unit, E.unit, E.unit_qty, E.qty, E.lot_id,
            Lot.number.label("lot"), Lot.expires_on, E.location_id, Location.name.label("place"),
            Location.name_en.label("place_en"), func.coalesce(R.currency, uow.site.currency).label("currency"), RL.price,
        )
        .join(P, P.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .join(Location, Location.id == E.location_id)
        .outerjoin(Lot, Lot.id == E.lot_id)
        .outerjoin(RL, RL.entry_id == E.id)
        .outerjoin(R, R.id == RL.receipt_id)
        .where(E.kind == K.RECEIPT, E.is_reversal.is_(False), P.kind == K.RECEIPT, P.supplier_id.is_not(None))
        .order_by(P.at.desc(), P.id.desc(), E.line)
    )  # fmt: skip
    for column, wanted in ((P.supplier_id, supplier_id), (R.id, receipt_id), (E.item_id, item_id), (E.lot_id, lot_id)):
        if wanted is not None:
            listed = listed.where(column == wanted)
    rows = uow.sql.execute(listed.limit(MOST)).all()
    left = stock.open_quantities(uow, [row.id for row in rows])
    sees = uow.may(Permission.COST_VIEW)
    return [
        ReturnableLine(
            entry_id=row.id, receipt_line_id=row.line_id, receipt_id=row.receipt_id, number=row.number,
            document=row.document, at=row.at, supplier_id=row.supplier_id, item_id=row.item_id, code=row.code,
            name=row.name, name_en=row.name_en, unit=row.unit, factor=Decimal(row.qty) / Decimal(row.unit_qty),
            base_unit=row.base_unit, left=left[row.id], lot_id=row.lot_id, lot=row.lot or "",
            expires_on=row.expires_on, location_id=row.location_id, place=row.place, place_en=row.place_en,
            currency=row.currency, price=row.price if sees else None,
        )
        for row in rows
        if left[row.id] > 0
    ]  # fmt: skip
