"""What a person can do with items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select

from core.catalog.rules.fields import ITEM_FIELDS, check_standard, cleaned, unit_word
from core.catalog.rules.units import check_packs
from core.catalog.steps.bulk import create_items_bulk
from core.catalog.steps.categories import branch, load_branches
from core.catalog.steps.drafts import checked_table, units_written
from core.catalog.steps.records import (
    ItemRecord,
    base_unit_stays,
    check_alive,
    check_version,
    cost_stays,
    has_entries,
    load_packs,
    load_record,
    write_record,
)
from core.catalog.steps.search_rows import refresh_search
from core.catalog.steps.taken import code_taken, hold_codes
from core.catalog.steps.units import ensure_units, load_all_units, unknown_units
from core.catalog.types import NewItem, PackUnit
from core.edits import merge_edit
from core.errors import Refused, Rejected
from core.i18n import _
from core.pinyin import sort_key
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, ItemUnit, SupplierTerm
from db.enums import CostMethod, Permission

PRICES = ("sale_price", "standard_cost", "tax_rate")
COSTING = ("cost_method", "standard_cost")
UNITS = ("base_unit", "purchase_unit", "issue_unit", "count_unit")
FOUND_BY = ("code", "name", "name_en", "aliases", "brand", "spec")


@command(Permission.ITEM_EDIT)
def create_item(uow: UnitOfWork, *, item: NewItem) -> int:
    """Create an item.

    An empty code becomes the next free one of its category. Raises InvalidInput at the field that is wrong;
    NeedsConfirmation for a unit that the site does not know yet.
    """
    written = [unit_word(item.base_unit), *(unit_word(pack.unit) for pack in item.pack_units)]
    _ask_about_units(uow, written)
    try:
        return create_items_bulk(uow, [item])[0]
    except Rejected as fault:
        first = fault.errors[0]
        first.row = None
        raise first from None


def _ask_about_units(uow: UnitOfWork, written: Sequence[str]) -> None:
    missing = unknown_units(uow, written)
    if missing:
        question = _("The unit {units} is new here. Make it?", units=", ".join(missing))
        uow.confirm("new_units", question, field="base_unit")


@command(Permission.ITEM_EDIT)
def update_item(
    uow: UnitOfWork,
    *,
    item_id: int,
    version: int,
    changes: Mapping[str, object],
    base: Mapping[str, object] | None = None,
) -> int:
    """Change an item.

    `changes` holds the touched fields only, `base` what the form showed in them; answers the new version. Raises
    Conflict where somebody else touched the same field meanwhile; Refused for the base unit or cost method of an item
    that has entries; InvalidInput; NotAllowed for prices without the right to change them.
    """
    record = load_record(uow, item_id, to_write=True)
    check_alive(record)
    wanted = merge_edit(
        changes=cleaned(ITEM_FIELDS, changes),
        base=None if base is None else cleaned(ITEM_FIELDS, base),
        stored=record.values,
        is_stale=record.version != version,
    )
    if not wanted:
        return record.version
    _check_changes(uow, record, wanted)
    if "name" in wanted:
        wanted["sort_key"] = sort_key(str(wanted["name"]))
    new_version = write_record(uow, record, wanted)
    if any(field in wanted for field in FOUND_BY):
        refresh_search(uow, [item_id])
    return new_version


def _check_changes(uow: UnitOfWork, record: ItemRecord, wanted: Mapping[str, object]) -> None:
    if any(field in wanted for field in PRICES):
        uow.require(Permission.PRICE_EDIT)
    if "category_id" in wanted and wanted["category_id"] is not None:
        branch(load_branches(uow), int(str(wanted["category_id"])))
    if "code" in wanted:
        _check_code_free(uow, str(wanted["code"]))
    if any(field in wanted for field in (*COSTING, "base_unit")) and has_entries(uow, record.id):
        raise _refusal(record, wanted)
    after = {**record.values, **wanted}
    if any(field in wanted for field in COSTING) and after["cost_method"] == CostMethod.STANDARD:
        check_standard(str(after["cost_method"]), after["standard_cost"])  # type: ignore[arg-type]
    if any(field in wanted for field in UNITS):
        _check_units(uow, record.id, after)


def _check_code_free(uow: UnitOfWork, code: str) -> None:
    hold_codes(uow)
    name = uow.sql.execute(select(Item.name).where(Item.code == code)).scalar()
    if name is not None:
        raise code_taken(code, name)


def _refusal(record: ItemRecord, wanted: Mapping[str, object]) -> Refused:
    if "base_unit" in wanted:
        return base_unit_stays(record.code, record.values["base_unit"])
    return cost_stays(record.code, "cost_method" if "cost_method" in wanted else "standard_cost")


def _check_units(uow: UnitOfWork, item_id: int, values: dict[str, object]) -> None:
    packs = load_packs(uow, item_id)
    _ask_about_units(uow, units_written(values, packs))
    ensure_units(uow, units_written(values, packs))
    checked_table(load_all_units(uow), item_id, values, packs)


@command(Permission.ITEM_EDIT)
def set_pack_units(uow: UnitOfWork, *, item_id: int, version: int, units: Sequence[PackUnit]) -> int:
    """Set an item's pack units.

    Past entries keep their quantities in base units. Answers the new version. Raises Conflict, InvalidInput;
    Refused when a pack that goes is still the unit of a barcode, a supplier's term, or of buying, issuing or counting.
    """
    record = load_record(uow, item_id, to_write=True)
    check_alive(record)
    check_version(record, version)
    packs = [PackUnit(unit_word(pack.unit), pack.factor) for pack in units]
    check_packs(str(record.values["base_unit"]), packs)
    words = units_written(record.values, packs)
    _ask_about_units(uow, words)
    ensure_units(uow, words)
    table = checked_table(load_all_units(uow), item_id, record.values, packs)
    used = select(Barcode.unit).where(Barcode.item_id == item_id)
    used_by_terms = select(SupplierTerm.unit).where(SupplierTerm.item_id == item_id)
    for unit in uow.sql.execute(used.union(used_by_terms)).scalars():
        if not table.has(unit):
            raise Refused(
                _("The unit {unit} is used by a barcode or a supplier of this item. Change that first.", unit=unit),
                field="pack_units",
            )
    uow.sql.execute(delete(ItemUnit).where(ItemUnit.item_id == item_id))
    if packs:
        rows = [{"item_id": item_id, "unit": pack.unit, "factor": pack.factor} for pack in packs]
        uow.sql.execute(insert(ItemUnit), rows)
    return write_record(uow, record, {})


@command(Permission.ITEM_EDIT)
def retire_item(uow: UnitOfWork, *, item_id: int, version: int) -> int:
    """Retire an item.

    It no longer stands in lists to choose from; its history stays. Answers the new version. Raises Conflict.
    """
    return _set_active(uow, item_id, version, is_active=False)


@command(Permission.ITEM_EDIT)
def reactivate_item(uow: UnitOfWork, *, item_id: int, version: int) -> int:
    """Reactivate an item.

    Answers the new version. Raises Conflict; Refused for an item that was merged into another.
    """
    return _set_active(uow, item_id, version, is_active=True)


def _set_active(uow: UnitOfWork, item_id: int, version: int, *, is_active: bool) -> int:
    record = load_record(uow, item_id, to_write=True)
    check_alive(record)
    check_version(record, version)
    if record.is_active == is_active:
        return record.version
    new_version = write_record(uow, record, {"is_active": is_active})
    refresh_search(uow, [item_id])
    return new_version
