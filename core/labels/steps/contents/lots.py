"""Labels of lots."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select

from core import documents
from core.gtin import is_gtin
from core.labels.rules.symbologies import can_be_batch
from core.labels.steps.contents.wanted import Wanted, in_order, own, site_fields
from core.labels.types import LabelContent
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, Supplier
from db.sql import chunks
from db.stock import Lot

_LOTS = (
    select(
        Lot.id, Lot.number, Lot.expires_on, Lot.produced_on, Item.code, Item.name, Item.name_en, Item.spec,
        Supplier.name.label("supplier"), Supplier.name_en.label("supplier_en"), Barcode.code.label("barcode"),
    )
    .join(Item, Item.id == Lot.item_id)
    .outerjoin(Supplier, Supplier.id == Lot.supplier_id)
    .outerjoin(Barcode, and_(Barcode.item_id == Item.id, Barcode.unit.in_((Item.base_unit, ""))))
    .order_by(Lot.id, Barcode.id.desc())
)  # fmt: skip


def lot_contents(uow: UnitOfWork, wanted: Wanted) -> list[LabelContent]:
    """One label for each lot: its item, number, dates, supplier, and a code that holds them."""
    found: dict[int, Any] = {}
    for part in chunks(sorted(set(wanted.ids))):
        found.update({row.id: row for row in uow.sql.execute(_LOTS.where(Lot.id.in_(part)))})
    site = site_fields(uow, wanted.language)
    return [_content(row, wanted, site) for row in in_order(wanted, found)]


def _content(row: Any, wanted: Wanted, site: dict[str, str]) -> LabelContent:
    fields = {
        **site,
        "code": row.number,
        "batch": row.number,
        "item_code": row.code,
        "name": wanted.title(row.name, row.name_en),
        "spec": row.spec,
        "expires_on": documents.format_date(row.expires_on) if row.expires_on else "",
        "produced_on": documents.format_date(row.produced_on) if row.produced_on else "",
        "supplier": wanted.title(row.supplier or "", row.supplier_en or ""),
        "own_code": own("lot", row.number),
        "batch_code": _gs1(row),
    }
    return LabelContent("lot", row.id, row.number, fields, wanted.language)


def _gs1(row: Any) -> str:
    """(01) item, (17) last day where there is one, (10) lot; empty where these cannot stand in a GS1 code."""
    number = row.number
    if not row.barcode or not is_gtin(row.barcode) or not can_be_batch(number):
        return ""
    day = f"(17){row.expires_on:%y%m%d}" if row.expires_on else ""
    return f"(01){row.barcode.zfill(14)}{day}(10){number}"
