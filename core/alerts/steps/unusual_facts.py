"""Names of items and units as people read them beside a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from core.i18n import Name
from core.uow import UnitOfWork
from db.catalog import Item, Unit
from db.sql import chunks


@dataclass(frozen=True, slots=True)
class ItemName:
    """An item and its base unit."""

    name: Name
    unit: Name


def load_names(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, ItemName]:
    """Names and base units of items."""
    units = {
        row.code: Name(row.code) if row.dimension and row.code.isascii() else Name(row.name or row.code, row.name_en)
        for row in uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))
    }
    found = {}
    for part in chunks(sorted(set(item_ids))):
        rows = uow.sql.execute(select(Item.id, Item.name, Item.name_en, Item.base_unit).where(Item.id.in_(part)))
        for row in rows:
            found[row.id] = ItemName(Name(row.name, row.name_en), units.get(row.base_unit, Name(row.base_unit)))
    return found
