"""Building blocks: two items become one. What the catalog knows moves to the item that stays; stock moves by a posting.

The item that goes keeps its code and its past entries: it is retired and points to the one that stays.
"""

from __future__ import annotations

from sqlalchemy import delete, func, insert, or_, select, update

from core import documents
from core.catalog.rules.allergens import normal_allergens
from core.catalog.rules.fields import LONGEST_ALIASES, aliases_of
from core.catalog.steps.records import ItemRecord, check_alive, load_packs, load_record, write_record
from core.catalog.steps.search_rows import refresh_search
from core.catalog.steps.taken import hold_codes
from core.errors import InvalidInput, Refused
from core.i18n import _
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, ItemUnit, PriceBreak, PriceHistory, StockPolicy, Substitute, SupplierTerm

FILLED = (
    "name_en", "spec", "brand", "origin", "category_id", "purchase_unit", "issue_unit", "count_unit", "shelf_life_days",
    "opened_life_days", "tax_rate", "sale_price", "note",
)  # fmt: skip


def check_mergeable(uow: UnitOfWork, *, keep_id: int, drop_id: int) -> tuple[ItemRecord, ItemRecord]:
    """Both items, locked, when they can become one. Raises InvalidInput, NotFound; Refused when their units disagree."""
    if keep_id == drop_id:
        raise InvalidInput(_("Choose two different items to merge."), field="item")
    records = {key: load_record(uow, key, to_write=True) for key in sorted((keep_id, drop_id))}
    keep, drop = records[keep_id], records[drop_id]
    check_alive(keep)
    check_alive(drop)
    if keep.values["base_unit"] != drop.values["base_unit"]:
        raise Refused(
            _("{keep} is kept in {unit}, {drop} in {other}. Items with different base units cannot become one.",
              keep=keep.code, unit=keep.values["base_unit"], drop=drop.code, other=drop.values["base_unit"]),
            field="item",
        )  # fmt: skip
    mine = {pack.unit: pack.factor for pack in load_packs(uow, keep_id)}
    for pack in load_packs(uow, drop_id):
        if mine.get(pack.unit, pack.factor) != pack.factor:
            raise Refused(
                _("One {unit} holds {mine} in {keep} and {theirs} in {drop}. Make them equal first.",
                  unit=pack.unit, mine=mine[pack.unit], keep=keep.code, theirs=pack.factor, drop=drop.code),
                field="item",
            )  # fmt: skip
    return keep, drop


def merge_master_data(uow: UnitOfWork, *, keep_id: int, drop_id: int) -> None:
    """Give everything the catalog knows of one item to the other and retire it. Raises as `check_mergeable`."""
    hold_codes(uow)
    keep, drop = check_mergeable(uow, keep_id=keep_id, drop_id=drop_id)
    _move_packs(uow, keep_id, drop_id)
    for kind in (Barcode, PriceHistory):
        uow.sql.execute(update(kind).where(kind.item_id == drop_id).values(item_id=keep_id))
    _move_terms(uow, keep_id, drop_id)
    _move_policies(uow, keep_id, drop_id)
    _move_substitutes(uow, keep_id, drop_id)
    documents.move_attachments(uow, owner_kind="item", from_id=drop_id, to_id=keep_id)
    write_record(uow, keep, _merged_values(keep, drop))
    uow.sql.execute(
        update(Item).where(or_(Item.id == drop_id, Item.merged_into_id == drop_id)).values(merged_into_id=keep_id)
    )
    write_record(uow, drop, {"is_active": False})
    refresh_search(uow, [keep_id, drop_id])


def _merged_values(keep: ItemRecord, drop: ItemRecord) -> dict[str, object]:
    values = {
        field: drop.values[field]
        for field in FILLED
        if keep.values[field] in ("", None) and drop.values[field] not in ("", None)
    }
    known = {str(keep.values["name"]), str(keep.values["name_en"]), str(values.get("name_en", ""))}
    names = [*aliases_of(str(keep.values["aliases"])), str(drop.values["name"]), drop.code, str(drop.values["name_en"])]
    kept = ""
    for name in dict.fromkeys([*names, *aliases_of(str(drop.values["aliases"]))]):
        longer = f"{kept}\n{name}" if kept else name
        if name and name not in known and len(longer) <= LONGEST_ALIASES:
            kept = longer
    allergens = {*keep.values["allergens"], *drop.values["allergens"]}  # type: ignore[misc]
    return {**values, "aliases": kept, "allergens": normal_allergens(allergens)}


def _move_packs(uow: UnitOfWork, keep_id: int, drop_id: int) -> None:
    mine = {pack.unit for pack in load_packs(uow, keep_id)}
    new = [pack for pack in load_packs(uow, drop_id) if pack.unit not in mine]
    uow.sql.execute(delete(ItemUnit).where(ItemUnit.item_id == drop_id))
    if new:
        rows = [{"item_id": keep_id, "unit": pack.unit, "factor": pack.factor} for pack in new]
        uow.sql.execute(insert(ItemUnit), rows)


def _move_terms(uow: UnitOfWork, keep_id: int, drop_id: int) -> None:
    t = SupplierTerm
    mine = select(t.supplier_id).where(t.item_id == keep_id)
    gone = list(uow.sql.execute(select(t.id).where(t.item_id == drop_id, t.supplier_id.in_(mine))).scalars())
    uow.sql.execute(delete(PriceBreak).where(PriceBreak.term_id.in_(gone)))
    uow.sql.execute(delete(t).where(t.id.in_(gone)))
    last = uow.sql.execute(select(func.coalesce(func.max(t.rank), 0)).where(t.item_id == keep_id)).scalar_one()
    uow.sql.execute(update(t).where(t.item_id == drop_id).values(item_id=keep_id, rank=t.rank + int(last)))


def _move_policies(uow: UnitOfWork, keep_id: int, drop_id: int) -> None:
    p = StockPolicy
    mine = list(uow.sql.execute(select(p.location_id).where(p.item_id == keep_id)).scalars())
    uow.sql.execute(delete(p).where(p.item_id == drop_id, p.location_id.in_(mine)))
    uow.sql.execute(update(p).where(p.item_id == drop_id).values(item_id=keep_id))


def _move_substitutes(uow: UnitOfWork, keep_id: int, drop_id: int) -> None:
    s = Substitute
    both = (keep_id, drop_id)
    uow.sql.execute(delete(s).where(s.item_id.in_(both), s.substitute_id.in_(both)))
    mine = list(uow.sql.execute(select(s.substitute_id).where(s.item_id == keep_id)).scalars())
    uow.sql.execute(delete(s).where(s.item_id == drop_id, s.substitute_id.in_(mine)))
    uow.sql.execute(update(s).where(s.item_id == drop_id).values(item_id=keep_id))
    served = list(uow.sql.execute(select(s.item_id).where(s.substitute_id == keep_id)).scalars())
    uow.sql.execute(delete(s).where(s.substitute_id == drop_id, s.item_id.in_(served)))
    uow.sql.execute(update(s).where(s.substitute_id == drop_id).values(substitute_id=keep_id))
