"""Building blocks: what other domains must know of items, for many at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from core.catalog.rules.units import UnitTable
from core.catalog.steps.taken import for_each
from core.catalog.steps.units import items_with_packs, unit_tables
from core.catalog.types import ItemFacts
from core.gtin import scanned_form
from core.uow import UnitOfWork
from db.catalog import Barcode, Item
from db.prepared import Prepared
from db.sql import chunks

_ITEMS = Prepared(
    items_with_packs(Item.name, Item.name_en, Item.cost_method, Item.standard_cost, Item.lot_tracked, Item.is_active)
)


def load_item_facts(uow: UnitOfWork, item_ids: Iterable[int]) -> tuple[dict[int, ItemFacts], dict[int, UnitTable]]:
    """What postings need to know of these items, and their units: two statements for 500 of them. Unknown ids are left out."""
    found: dict[int, ItemFacts] = {}
    tables: dict[int, UnitTable] = {}
    for part in chunks(sorted(set(item_ids))):
        rows = _ITEMS.rows(uow.sql, ids=part)
        for row in rows:
            found[row.id] = ItemFacts(row.id, row.code, row.name, row.name_en, row.base_unit, *row[-4:])
        tables.update(unit_tables(uow, rows))
    return found, tables


def find_items_by_code(uow: UnitOfWork, codes: Iterable[str]) -> dict[str, int]:
    """Item ids by the codes given: an item's code as it stands, else one of its barcodes. Missing ones are left out;
    the code of an item that was merged finds the one that stayed."""
    wanted = sorted({code for code in codes if code})
    found: dict[str, int] = {}
    mine = select(Item.code, func.coalesce(Item.merged_into_id, Item.id).label("item_id"))
    for statement in for_each(mine, Item.code, wanted):
        found.update({row.code: row.item_id for row in uow.sql.execute(statement)})
    forms = {code: scanned_form(code) for code in wanted if code not in found}
    owners: dict[str, int] = {}
    for statement in for_each(select(Barcode.code, Barcode.item_id), Barcode.code, sorted(set(forms.values()))):
        owners.update({row.code: row.item_id for row in uow.sql.execute(statement)})
    found.update({code: owners[form] for code, form in forms.items() if form in owners})
    return {code: found[code] for code in wanted if code in found}
