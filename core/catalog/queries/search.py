"""Finding items as people type and scan."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select

from core.catalog.steps.finding import LONGEST_TEXT, S, check_page, found_by, only, rank_of, words_of
from core.catalog.steps.rows import item_rows
from core.catalog.steps.units import load_unit_table
from core.catalog.types import ItemFilter, ItemRow, ScanHit
from core.clock import business_day
from core.gtin import scanned_form
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, SupplierTerm
from db.enums import Permission


@query(Permission.ITEM_VIEW)
def search_items(
    uow: UnitOfWork, *, text: str, limit: int = 50, offset: int = 0, filters: ItemFilter | None = None
) -> list[ItemRow]:
    """Items by code, barcode, parts of a name in any order, other names, pinyin or its initials; the best fit first.

    Without a text the items stand in the order of their names.
    """
    check_page(limit, offset)
    statement = only(select(S.item_id), filters or ItemFilter())
    if words_of(text):
        statement = statement.where(found_by(words_of(text))).order_by(rank_of(uow, text))
    statement = statement.order_by(S.sort_key, S.item_id).limit(limit).offset(offset)
    return item_rows(uow, list(uow.sql.execute(statement).scalars()))


@query(Permission.ITEM_VIEW)
def find_by_barcode(uow: UnitOfWork, *, code: str) -> ScanHit | None:
    """What a scanned code stands for, a barcode or an item's own code; None when nobody knows it.

    Barcodes whose last day has passed find nothing.
    """
    if len(code) > LONGEST_TEXT:
        return None
    form = scanned_form(code)
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    hit = uow.sql.execute(select(Barcode.item_id, Barcode.unit, Barcode.valid_to).where(Barcode.code == form)).first()
    if hit is not None and (hit.valid_to is None or today <= hit.valid_to):
        return _hit(uow, hit.item_id, hit.unit, form)
    forms = (code.strip(), form, form.upper(), form.lower())
    rows = uow.sql.execute(
        select(Item.code, func.coalesce(Item.merged_into_id, Item.id).label("item_id")).where(Item.code.in_(forms))
    )
    known = {row.code: row.item_id for row in rows}
    item_id = next((known[one] for one in forms if one in known), None)
    return None if item_id is None else _hit(uow, item_id, "", "")


@query(Permission.ITEM_VIEW)
def find_by_codes(uow: UnitOfWork, *, codes: tuple[str, ...]) -> ScanHit | None:
    """What a scan stands for, by any of the codes it may mean, best first; None when nobody knows one.

    After barcodes and item codes a supplier's own code counts, when it is one item's only.
    """
    for code in codes:
        hit = find_by_barcode(uow, code=code)
        if hit is not None:
            return hit
    wanted = [code.strip() for code in codes if code.strip() and len(code) <= LONGEST_TEXT]
    rows = uow.sql.execute(
        select(SupplierTerm.item_id, SupplierTerm.unit)
        .join(Item, Item.id == SupplierTerm.item_id)
        .where(SupplierTerm.supplier_code.in_(wanted), Item.is_active)
        .limit(20)
    ).all()
    if len({row.item_id for row in rows}) != 1:
        return None
    return _hit(uow, rows[0].item_id, rows[0].unit, wanted[0])


def _hit(uow: UnitOfWork, item_id: int, unit: str, barcode: str) -> ScanHit:
    table = load_unit_table(uow, item_id)
    known = table.unit(unit) if table.has(unit) else table.base
    factor = table.factor(known)
    return ScanHit(item_rows(uow, [item_id])[0], known, Decimal(factor), barcode)


@query(Permission.ITEM_VIEW)
def find_item(uow: UnitOfWork, *, code: str) -> ItemRow | None:
    """The item with exactly this code; None when there is none."""
    item_id = uow.sql.execute(select(Item.id).where(Item.code == code.strip())).scalar()
    return None if item_id is None else item_rows(uow, [item_id])[0]
