"""Items that are there already and are changed by the filled cells of their row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core import catalog
from core.i18n import _
from core.importing.rules.cells import short
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.importing.steps.updating import note_changes, plain_words
from core.uow import UnitOfWork
from core.values import plain
from db.catalog import Category, Item, Supplier
from db.sql import chunks

FIELDS = {
    "name": "name", "name_en": "name_en", "category": "category_id", "unit": "base_unit", "cost_method": "cost_method",
    "standard_cost": "standard_cost", "shelf_life_days": "shelf_life_days", "lot_tracked": "lot_tracked",
    "sale_price": "sale_price", "spec": "spec", "brand": "brand", "origin": "origin", "aliases": "aliases",
    "storage_kind": "storage_kind", "note": "note",
}  # fmt: skip
LEVELS = {"min": "minimum", "safety": "safety", "max": "maximum", "par": "par"}
_COLUMN_OF = {field: column for column, field in FIELDS.items()} | {
    f"level:{level}": column for column, level in LEVELS.items()
}
_PARTS = {"pack:": "pack_units", "barcode:": "barcodes", "supplier:": "supplier"}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of an item that is there: what it says, and which of its columns are filled."""

    row: int
    item_id: int
    new: catalog.NewItem
    filled: frozenset[str]


def stored_codes(uow: UnitOfWork, rows: Rows) -> dict[str, int]:
    """Ids of the items of a file that are there, by code as written; none of them without an update."""
    found: dict[str, int] = {}
    if not rows.is_update:
        return found
    for part in chunks(sorted(rows.words("code"))):
        found.update(
            {row.code: row.id for row in uow.sql.execute(select(Item.code, Item.id).where(Item.code.in_(part)))}
        )
    return found


def change_items(uow: UnitOfWork, rows: Rows, edits: Sequence[ItemRow], made: Made, columns: Mapping[str, str]) -> None:
    """Change items; what each row changed is kept in `made`, what is wrong is added to `rows.faults`."""
    once = _once_each(rows, edits)
    if not once:
        return
    wanted = [catalog.ItemEdit(one.item_id, _facts_of(one)) for one in once]
    done = make_all(rows, [one.row for one in once], lambda: catalog.revise_items(uow, wanted), dict(columns))
    names = _Names(uow, done)
    for one, change in zip(once, done, strict=False):
        record = (one.item_id, one.new.code, one.row)
        note_changes(made, "items", record, dict(change.facts), names.shown)


def _once_each(rows: Rows, edits: Sequence[ItemRow]) -> list[ItemRow]:
    found: dict[int, ItemRow] = {}
    for one in edits:
        if one.item_id in found:
            words = _("{code} stands in the file twice.", code=short(one.new.code))
            RowReader(one.row, (), {}, rows.faults).refuse("code", words)
        else:
            found[one.item_id] = one
    return list(found.values())


def _facts_of(one: ItemRow) -> dict[str, Any]:
    """What the filled cells say. Packs, barcodes and suppliers are added or changed; those not named stay."""
    new, facts = one.new, {}
    for column, field in FIELDS.items():
        if column in one.filled:
            facts[field] = getattr(new, field)
    for column, level in LEVELS.items():
        value = getattr(new.policy, level) if new.policy is not None else None
        if column in one.filled and value is not None:
            facts[f"level:{level}"] = f"{plain(value):f}"
    facts |= {f"pack:{pack.unit}": f"{plain(pack.factor):f}" for pack in new.pack_units}
    facts |= {f"barcode:{code.code}": code.unit for code in new.barcodes}
    for term in new.terms:
        facts[f"supplier:{term.supplier_id}"] = (
            term.supplier_code,
            None if term.price is None else f"{plain(term.price):f}",
        )
    return facts


class _Names:
    """Facts as the columns of a file have them: categories and suppliers by name."""

    def __init__(self, uow: UnitOfWork, changes: Sequence[catalog.ItemChange]) -> None:
        keys = {key for change in changes for key in change.facts}
        self._categories: dict[int, str] = {}
        self._suppliers: dict[str, str] = {}
        if "category_id" in keys:
            self._categories = {row.id: row.path for row in uow.sql.execute(select(Category.id, Category.path))}
        if any(key.startswith("supplier:") for key in keys):
            rows = uow.sql.execute(select(Supplier.id, Supplier.code))
            self._suppliers = {str(row.id): row.code for row in rows}

    def shown(self, key: str, value: Any) -> tuple[str, str]:
        """The column of a fact, and its value as it would stand there."""
        if key == "category_id":
            return "category", self._categories.get(value, "")
        if key == "aliases":
            return "aliases", str(value or "").replace("\n", ";")
        for start, column in _PARTS.items():
            if key.startswith(start):
                return column, "" if value is None else self._part(start, key.removeprefix(start), value)
        return _COLUMN_OF.get(key, key), plain_words(value)

    def _part(self, start: str, name: str, value: Any) -> str:
        if start == "pack:":
            return f"{name}={value}"
        if start == "barcode:":
            return f"{name}@{value}"
        code, price, _unit = value
        return " ".join(part for part in (self._suppliers.get(name, name), code, price) if part)
