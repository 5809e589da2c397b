"""Building blocks: items as rows of a list, for a page of ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from core.catalog.types import ItemRow
from core.uow import UnitOfWork
from db.catalog import Barcode, Category, Item, Supplier, SupplierTerm
from db.enums import CostMethod, StorageKind
from db.sql import chunks


def item_rows(uow: UnitOfWork, ids: Sequence[int]) -> list[ItemRow]:
    """The rows of these items in the order of the ids; ids there are not are left out. Three statements for 500."""
    found: dict[int, ItemRow] = {}
    for part in chunks(ids):
        barcodes = _first_barcodes(uow, part)
        suppliers = _main_suppliers(uow, part)
        rows = uow.sql.execute(
            select(
                Item.id, Item.code, Item.name, Item.name_en, Item.spec, Item.brand, Item.base_unit, Item.storage_kind,
                Item.cost_method, Item.sale_price, Item.lot_tracked, Item.is_active, Item.abc_class,
                Category.path, Category.path_en,
            )
            .outerjoin(Category, Category.id == Item.category_id)
            .where(Item.id.in_(part))
        )  # fmt: skip
        for row in rows:
            found[row.id] = _row(row, barcodes.get(row.id, ""), suppliers.get(row.id, ""))
    return [found[key] for key in ids if key in found]


def _row(row: Any, barcode: str, supplier: str) -> ItemRow:
    return ItemRow(
        id=row.id, code=row.code, name=row.name, name_en=row.name_en, spec=row.spec, brand=row.brand,
        category=row.path or "", category_en=row.path_en or row.path or "", base_unit=row.base_unit, barcode=barcode,
        supplier=supplier, storage_kind=StorageKind(row.storage_kind), cost_method=CostMethod(row.cost_method),
        sale_price=row.sale_price, lot_tracked=row.lot_tracked, is_active=row.is_active, abc_class=row.abc_class,
    )  # fmt: skip


def _first_barcodes(uow: UnitOfWork, ids: list[int]) -> dict[int, str]:
    """The oldest barcode of each item. Sorted here: asked to sort, PostgreSQL walks the whole table by its key."""
    rows = uow.sql.execute(select(Barcode.id, Barcode.item_id, Barcode.code).where(Barcode.item_id.in_(ids)))
    return {row.item_id: row.code for row in sorted(rows, key=lambda row: -row.id)}


def _main_suppliers(uow: UnitOfWork, ids: list[int]) -> dict[int, str]:
    """The supplier of the best rank of each item."""
    t = SupplierTerm
    rows = uow.sql.execute(
        select(t.item_id, t.rank, t.id, Supplier.name)
        .join(Supplier, Supplier.id == t.supplier_id)
        .where(t.item_id.in_(ids))
    )
    return {row.item_id: row.name for row in sorted(rows, key=lambda row: (-row.rank, -row.id))}
