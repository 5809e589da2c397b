"""Names behind ids, in the language of a report, and the conditions every sum over the ledger shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from core.reports.steps.engine.making import Making
from core.reports.steps.engine.sources import Row
from db.catalog import Category, Item, Supplier, SupplierTerm, Unit
from db.enums import PostingKind as K
from db.stock import Location, StockEntry

E = StockEntry
WORTH = E.value + E.settled
# What was used: issues, and the cost of goods that were used before they came.
USED = case((E.kind == K.ISSUE, -WORTH), else_=0) + E.settled


def entries_of(making: Making, *kinds: K) -> list[ColumnElement[bool]]:
    """The entries of the period (of some kinds) that the filters of item, category and location let through."""
    found: list[ColumnElement[bool]] = [E.at <= making.end_micros]
    if making.span.start is not None:
        found.append(E.at >= making.start_micros)
    if kinds:
        found.append(E.kind.in_(kinds))
    return [*found, *chosen_entries(making)]


def chosen_entries(making: Making) -> list[ColumnElement[bool]]:
    """The entries the filters of item, category and location let through."""
    found: list[ColumnElement[bool]] = []
    if making.ids("item"):
        found.append(E.item_id.in_(sorted(making.ids("item"))))
    if making.category_ids:
        found.append(E.item_id.in_(select(Item.id).where(Item.category_id.in_(sorted(making.category_ids)))))
    if making.location_ids:
        found.append(E.location_id.in_(sorted(making.location_ids)))
    return found


def items_of(making: Making, ids: Iterable[int] | None = None) -> dict[int, Row]:
    """Code, name, category, unit, and what filters look at, by item; in the order of codes."""
    units = unit_names(making)
    rows = making.uow.sql.execute(
        select(
            Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, Item.category_id,
            func.coalesce(Category.path, ""), func.coalesce(Category.path_en, ""), Item.is_active,
        ).outerjoin(Category, Category.id == Item.category_id).order_by(Item.code)
    )  # fmt: skip
    wanted = None if ids is None else set(ids)
    name = making.name
    return {
        key: {
            "item_id": key, "item": code, "name": name(zh, en), "unit": units.get(unit, unit),
            "category_id": category_id, "category": name(path, path_en), "is_active": is_active,
        }
        for key, code, zh, en, unit, category_id, path, path_en, is_active in rows if wanted is None or key in wanted
    }  # fmt: skip


def unit_names(making: Making) -> dict[str, str]:
    """Units by their code; a physical one is known by its sign (kg)."""
    rows = making.uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))
    return {row[0]: row[0] if row[3] and row[0].isascii() else making.name(row[1], row[2]) for row in rows}


def suppliers_of(making: Making) -> dict[int, str]:
    """Suppliers' names."""
    rows = making.uow.sql.execute(select(Supplier.id, Supplier.name, Supplier.name_en))
    return {row[0]: making.name(row[1], row[2]) for row in rows}


def main_suppliers(making: Making) -> dict[int, int]:
    """The main supplier of each item: the term with the best rank."""
    terms = select(SupplierTerm.item_id, SupplierTerm.supplier_id).order_by(
        SupplierTerm.item_id, SupplierTerm.rank.desc(), SupplierTerm.id.desc()
    )
    return {row[0]: row[1] for row in making.uow.sql.execute(terms)}


def places_of(making: Making) -> dict[int, Row]:
    """Code, name, parent, kind and path of ids of every location."""
    rows = making.uow.sql.execute(
        select(Location.id, Location.code, Location.name, Location.name_en, Location.parent_id, Location.kind,
               Location.path, Location.storage_kind)
    )  # fmt: skip
    return {
        row[0]: {
            "location_id": row[0], "location": row[1], "location_name": making.name(row[2], row[3]), "parent": row[4],
            "kind": row[5], "path": row[6], "storage": row[7],
        }
        for row in rows
    }  # fmt: skip


def area_of(places: dict[int, Row], location_id: int) -> int:
    """The storage area a place lies in: the place below the site on its way up."""
    at = location_id
    while places[at]["parent"] is not None and places[places[at]["parent"]]["parent"] is not None:
        at = places[at]["parent"]
    return at


def named_in(making: Making, name: Any, name_en: Any) -> ColumnElement[str]:
    """A name in the language of the report, in SQL."""
    if making.language != "en":
        return func.coalesce(name, "")
    return case((func.coalesce(name_en, "") != "", name_en), else_=func.coalesce(name, ""))
