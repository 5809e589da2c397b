"""What is there: by item, place and lot, and its value."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from core.registry import query
from core.stock.steps.sums import quantities, values
from core.stock.types import OnHandRow, ValueRow
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Category, Item
from db.enums import CostMethod, Permission
from db.stock import ItemCost, Location, Lot

_METHODS = {str(method): method for method in CostMethod}


@query(Permission.STOCK_VIEW)
def list_on_hand(
    uow: UnitOfWork, *, as_of: datetime | None = None, item_id: int | None = None, location_id: int | None = None
) -> list[OnHandRow]:
    """Stock on hand.

    Now or at any past moment, by item code, place and lot; a location takes in all that lies under it.
    """
    held = quantities(uow, as_of=as_of, item_id=item_id)
    places = {
        row.id: row
        for row in uow.sql.execute(select(Location.id, Location.code, Location.name, Location.name_en, Location.path))
    }
    if location_id is not None:
        held = {place: qty for place, qty in held.items() if f"/{location_id}/" in places[place[1]].path}
    items = _items(uow, item_id)
    lots = {row.id: row for row in uow.sql.execute(_lots(item_id))}
    rows = []
    for (item_key, place_id, lot_id), qty in held.items():
        item, place, lot = items[item_key], places[place_id], lots.get(lot_id)
        number, expires_on, is_blocked = (
            ("", None, False) if lot is None else (lot.number, lot.expires_on, lot.is_blocked)
        )
        rows.append(
            OnHandRow(
                item_key,
                item[1],
                item[2],
                item[3],
                place_id,
                place.code,
                place.name,
                place.name_en,
                lot_id,
                number,
                expires_on,
                from_micro(qty),
                item[4],
                is_blocked,
            )
        )
    rows.sort(key=lambda row: (row.item_code, row.location_code, row.lot))
    return rows


@query(Permission.STOCK_VIEW)
def list_quantities(uow: UnitOfWork, *, as_of: datetime | None = None) -> dict[int, Decimal]:
    """Stock of every item in base units, now or at a past moment."""
    return {item_id: from_micro(qty) for item_id, (qty, _value) in values(uow, as_of=as_of).items()}


@query(Permission.COST_VIEW)
def list_values(uow: UnitOfWork, *, as_of: datetime | None = None, item_id: int | None = None) -> list[ValueRow]:
    """Stock value by item, now or at any past moment; items that never moved are left out."""
    found = values(uow, as_of=as_of, item_id=item_id)
    items = _items(uow, item_id)
    categories = {row.id: row.path for row in uow.sql.execute(select(Category.id, Category.path))}
    methods: dict[int, str] = {
        row[0]: row[1] for row in uow.sql.execute(select(ItemCost.item_id, ItemCost.method)).all()
    }
    digits = uow.site.digits
    rows = [
        ValueRow(
            item_key,
            item[1],
            item[2],
            item[3],
            categories.get(item[5], ""),
            item[4],
            _METHODS[methods.get(item_key, item[6])],
            qty,
            value,
            digits,
        )
        for item_key, (qty, value) in found.items()
        for item in (items[item_key],)
    ]
    rows.sort(key=lambda row: row.item_code)
    return rows


def _items(uow: UnitOfWork, item_id: int | None) -> dict[int, tuple[Any, ...]]:
    wanted = select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, Item.category_id, Item.cost_method)
    if item_id is not None:
        wanted = wanted.where(Item.id == item_id)
    return {row[0]: row for row in uow.sql.execute(wanted).all()}


def _lots(item_id: int | None) -> Select[*tuple[Any, ...]]:
    wanted: Select[*tuple[Any, ...]] = select(Lot.id, Lot.number, Lot.expires_on, Lot.is_blocked)
    return wanted if item_id is None else wanted.where(Lot.item_id == item_id)
