"""Items from a file, with their units, barcodes, supplier, price and stock policy."""

from __future__ import annotations

from core import catalog
from core.errors import CoreError
from core.i18n import _
from core.importing.rules.cells import barcodes_of, packs_of, parts_of, price_of, quantity_of, short, truth_of, whole_of
from core.importing.steps.items_changed import ItemRow, change_items, stored_codes
from core.importing.steps.items_stored import unchanged_items
from core.importing.steps.known import load_suppliers
from core.importing.steps.locations import choice_of
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.uow import UnitOfWork
from db.enums import CostMethod, StorageKind

COLUMNS = {
    "base_unit": "unit", "barcode": "barcodes", "minimum": "min", "maximum": "max", "category_id": "category", "price": "purchase_price",
    "supplier_id": "supplier", "factor": "pack_units", "purchase_unit": "pack_units",
}  # fmt: skip


def make_items(uow: UnitOfWork, rows: Rows) -> Made:
    """Make the items of a file, and the categories they stand in. What is wrong is added to `rows.faults`."""
    suppliers = load_suppliers(uow)
    categories = _categories(uow, rows)
    there = stored_codes(uow, rows)
    fresh: list[catalog.NewItem] = []
    numbers: list[int] = []
    edits: list[ItemRow] = []
    for row in rows:
        key = there.get(row.text("code", 4_000))
        new = _read(row, suppliers, categories, is_there=key is not None)
        if row.is_wrong:
            continue
        if key is not None:
            edits.append(
                ItemRow(row.row, key, new, frozenset(one for one in rows.columns.values() if row.is_filled(one)))
            )
        else:
            fresh.append(new)
            numbers.append(row.row)
    made = _make(uow, rows, fresh, numbers)
    change_items(uow, rows, edits, made, COLUMNS)
    return made


def _make(uow: UnitOfWork, rows: Rows, fresh: list[catalog.NewItem], numbers: list[int]) -> Made:
    unchanged = unchanged_items(uow, fresh)
    wanted = [(new, number) for new, number in zip(fresh, numbers, strict=True) if new.code not in unchanged]
    made = make_all(
        rows,
        [number for _new, number in wanted],
        lambda: catalog.create_items_bulk(uow, [new for new, _number in wanted]),
        COLUMNS,
    )
    return Made({"items": made}, len(fresh) - len(wanted))


def _categories(uow: UnitOfWork, rows: Rows) -> dict[str, int]:
    """Category ids by path as written. A path that cannot be is left out and refused where it stands."""
    paths = {path for path in rows.words("category") if path}
    try:
        return catalog.ensure_categories(uow, sorted(paths))
    except CoreError:
        found: dict[str, int] = {}
        for path in sorted(paths):
            try:
                found.update(catalog.ensure_categories(uow, [path]))
            except CoreError:
                continue
        return found


def _read(row: RowReader, suppliers: dict[str, int], categories: dict[str, int], *, is_there: bool) -> catalog.NewItem:
    for key, missing in () if is_there else (("code", _("An item needs a code.")), ("name", _("An item needs a name.")),
                         ("unit", _("An item needs a base unit, such as kg or each."))):  # fmt: skip
        if not row.text(key, 4_000):
            row.refuse(key, missing)
    category = row.text("category", 4_000)
    if category and category not in categories:
        row.refuse(
            "category",
            _("{path} is no path of categories. Write names divided by >, such as Food > Dry.", path=short(category)),
        )
    packs = row.take("pack_units", packs_of) or ()
    barcodes = row.take("barcodes", barcodes_of) or ()
    return catalog.NewItem(
        row.text("name", 4_000),
        row.text("unit", 4_000),
        code=row.text("code", 4_000),
        name_en=row.text("name_en", 4_000),
        aliases=tuple(row.take("aliases", parts_of) or ()),
        spec=row.text("spec", 4_000),
        brand=row.text("brand", 4_000),
        origin=row.text("origin", 4_000),
        category_id=categories.get(category),
        storage_kind=choice_of(row, "storage_kind", tuple(StorageKind)) or StorageKind.DRY,
        shelf_life_days=row.take("shelf_life_days", whole_of) or None,
        sale_price=row.take("sale_price", price_of),
        cost_method=choice_of(row, "cost_method", tuple(CostMethod)),
        standard_cost=row.take("standard_cost", price_of),
        lot_tracked=bool(row.take("lot_tracked", truth_of)),
        note=row.text("note", 4_000),
        pack_units=tuple(catalog.PackUnit(unit, factor) for unit, factor in packs),
        barcodes=tuple(catalog.NewBarcode(code, unit) for code, unit in barcodes),
        terms=_terms(row, suppliers),
        policy=_policy(row),
    )


def _terms(row: RowReader, suppliers: dict[str, int]) -> tuple[catalog.NewTerm, ...]:
    name = row.text("supplier", 4_000)
    supplier_code, price = row.text("supplier_code", 60), row.take("purchase_price", price_of)
    if not name:
        if supplier_code or price is not None:
            row.refuse("supplier", _("Whose code or price is this? Write the supplier."))
        return ()
    supplier_id = suppliers.get(name) or suppliers.get(name.casefold())
    if supplier_id is None:
        row.refuse(
            "supplier",
            _("There is no supplier {code}. Check the code, or bring the supplier in first.", code=short(name)),
        )
        return ()
    return (catalog.NewTerm(supplier_id, supplier_code, price=price),)


def _policy(row: RowReader) -> catalog.NewPolicy | None:
    levels = [row.take(key, quantity_of) for key in ("min", "safety", "max", "par")]
    if all(level is None for level in levels):
        return None
    return catalog.NewPolicy(0, *levels)
