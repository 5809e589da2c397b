"""Whether items of a file are there already just as the file states them, so that a file can be brought in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import catalog
from core.errors import CoreError
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, ItemUnit, StockPolicy, SupplierTerm
from db.sql import chunks

PLAIN = (
    "name",
    "base_unit",
    "name_en",
    "spec",
    "brand",
    "origin",
    "category_id",
    "shelf_life_days",
    "sale_price",
    "standard_cost",
    "note",
)
Parts = dict[int, dict[str, Any]]


def unchanged_items(uow: UnitOfWork, items: Sequence[catalog.NewItem]) -> set[str]:
    """Codes of items that say nothing new. What a row leaves empty says nothing."""
    wanted = {new.code: new for new in items if new.code}
    found: set[str] = set()
    for part in chunks(sorted(wanted)):
        stored = {row.id: row for row in uow.sql.execute(select(Item.__table__).where(Item.code.in_(part)))}
        parts = _parts(uow, sorted(stored))
        found.update(row.code for key, row in stored.items() if _is_same(wanted[row.code], row, parts[key]))
    return found


def _parts(uow: UnitOfWork, item_ids: list[int]) -> Parts:
    found: Parts = {key: {"packs": {}, "codes": {}, "terms": {}, "policy": None} for key in item_ids}
    if not item_ids:
        return found
    run = uow.sql.execute
    for key, unit, factor in run(
        select(ItemUnit.item_id, ItemUnit.unit, ItemUnit.factor).where(ItemUnit.item_id.in_(item_ids))
    ):
        found[key]["packs"][unit] = factor
    for key, code, unit in run(
        select(Barcode.item_id, Barcode.code, Barcode.unit).where(Barcode.item_id.in_(item_ids))
    ):
        found[key]["codes"][code] = unit
    terms = select(SupplierTerm.item_id, SupplierTerm.supplier_id, SupplierTerm.supplier_code, SupplierTerm.price)
    for key, supplier_id, supplier_code, price in run(terms.where(SupplierTerm.item_id.in_(item_ids))):
        found[key]["terms"][supplier_id] = (supplier_code, price)
    policy = select(StockPolicy.item_id, StockPolicy.minimum, StockPolicy.safety, StockPolicy.maximum, StockPolicy.par)
    for key, *levels in run(policy.where(StockPolicy.item_id.in_(item_ids), StockPolicy.location_id == 0)):
        found[key]["policy"] = tuple(levels)
    return found


def _is_same(new: catalog.NewItem, row: Any, parts: dict[str, Any]) -> bool:
    plain = all(_fits(getattr(new, name), getattr(row, name)) for name in PLAIN)
    method = new.cost_method is None or str(new.cost_method) == row.cost_method
    packs = all(parts["packs"].get(pack.unit) == pack.factor for pack in new.pack_units)
    return (
        plain
        and method
        and packs
        and (row.lot_tracked or not new.lot_tracked)
        and _has_codes(new, parts)
        and _has_terms(new, parts)
    )


def _fits(stated: object, stored: object) -> bool:
    return stated in (None, "") or stated == stored


def _has_codes(new: catalog.NewItem, parts: dict[str, Any]) -> bool:
    try:
        stated = {catalog.normal_barcode(one.code): one.unit for one in new.barcodes}
    except CoreError:
        return False
    return all(code in parts["codes"] and unit in ("", parts["codes"][code]) for code, unit in stated.items())


def _has_terms(new: catalog.NewItem, parts: dict[str, Any]) -> bool:
    for term in new.terms:
        stored = parts["terms"].get(term.supplier_id)
        if stored is None or not (_fits(term.supplier_code, stored[0]) and _fits(term.price, stored[1])):
            return False
    if new.policy is None:
        return True
    stated = (new.policy.minimum, new.policy.safety, new.policy.maximum, new.policy.par)
    return parts["policy"] is not None and _all_fit(stated, parts["policy"])


def _all_fit(stated: Iterable[Decimal | None], stored: Iterable[Decimal | None]) -> bool:
    return all(_fits(mine, theirs) for mine, theirs in zip(stated, stored, strict=True))
