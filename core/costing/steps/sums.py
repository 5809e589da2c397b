"""The sums of a period by item, from two statements over the ledger, and what they are compared with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select

from core import stock
from core.costing.rules import COLUMNS, SIGNS, Sums, closing_of, column_of
from core.costing.types import CountRow, WasteRow
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Category, Item, Unit
from db.columns import micros
from db.enums import PostingKind as K
from db.sql import total
from db.stock import ItemCost, StockEntry, WasteReason

_PLACE = {column: place for place, column in enumerate(COLUMNS)}
_USAGE, _CLOSING = _PLACE["usage"], _PLACE["closing"]


def just_before(start: datetime) -> datetime:
    """The last moment before a period."""
    return start - timedelta(microseconds=1)


def sums_by_item(uow: UnitOfWork, start: datetime, end: datetime) -> dict[int, Sums]:
    """Every item that had stock or entries, with its columns added up."""
    found: dict[int, Sums] = {}
    for item_id, (qty, value) in stock.value_sums(uow, as_of=just_before(start)).items():
        if qty or value:
            one = found[item_id] = Sums()
            one.qty[0], one.value[0] = qty, value
    rows = uow.sql.execute(
        select(
            StockEntry.item_id,
            StockEntry.kind,
            total(StockEntry.qty),
            total(StockEntry.value),
            total(StockEntry.settled),
            total(StockEntry.variance),
        )
        .where(StockEntry.at >= micros(start), StockEntry.at <= micros(end), StockEntry.kind != K.TRANSFER)
        .group_by(StockEntry.item_id, StockEntry.kind)
    )
    places = {str(kind): _place_of(kind) for kind in K}
    for item_id, kind, qty, value, settled, variance in rows.all():
        place, sign = places[kind]
        one = found.get(item_id) or found.setdefault(item_id, Sums())
        one.qty[place] += sign * qty
        one.value[place] += sign * (value + settled)
        one.value[_USAGE] += settled
        one.variance += variance
    for one in found.values():
        one.qty[_CLOSING], one.value[_CLOSING] = closing_of(one.qty), closing_of(one.value)
    return found


def _place_of(kind: K) -> tuple[int, int]:
    column = column_of(kind) or "adjustments"
    return _PLACE[column], SIGNS[column]


def stock_minor_at(uow: UnitOfWork, end: datetime) -> int:
    """The value of the stock at a moment in minor units: the cost kept of each item, less what came after."""
    now = int(uow.sql.execute(select(total(ItemCost.value))).scalar_one())
    later = select(total(StockEntry.value)).where(StockEntry.at > micros(end))
    return now - int(uow.sql.execute(later).scalar_one())


def item_facts(uow: UnitOfWork) -> Iterable[Any]:
    """Code, names, unit and category of every item, by code."""
    facts = (Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, Item.category_id)
    return uow.sql.execute(select(*facts).order_by(Item.code)).all()


def category_facts(uow: UnitOfWork) -> dict[int, Any]:
    """Parent, names and paths of every category, in the order of paths."""
    facts = (Category.id, Category.parent_id, Category.name, Category.name_en, Category.path)
    return {row.id: row for row in uow.sql.execute(select(*facts).order_by(Category.path))}


def unit_names(uow: UnitOfWork) -> dict[str, tuple[str, str]]:
    """Chinese and English names of the units that are known by name; a physical one is known by its sign (kg)."""
    rows = uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))
    return {row.code: (row.name, row.name_en) for row in rows if not (row.dimension and row.code.isascii())}


def waste_by_reason(uow: UnitOfWork, start: datetime, end: datetime) -> tuple[WasteRow, ...]:
    """Waste of a period by reason, the largest amount first."""
    spent = -(total(StockEntry.value) + total(StockEntry.settled))
    rows = uow.sql.execute(
        select(
            StockEntry.reason,
            WasteReason.name,
            WasteReason.name_en,
            WasteReason.report_group,
            func.count(),
            spent.label("spent"),
        )
        .outerjoin(WasteReason, WasteReason.code == StockEntry.reason)
        .where(StockEntry.kind == K.WASTE, StockEntry.at >= micros(start), StockEntry.at <= micros(end))
        .group_by(StockEntry.reason, WasteReason.name, WasteReason.name_en, WasteReason.report_group)
        .order_by(spent.desc(), StockEntry.reason)
    )
    return tuple(
        WasteRow(row[0], row[1] or row[0], row[2] or row[0], row[3] or "", row[4], uow.money(int(row[5])))
        for row in rows
    )


def is_gain() -> Any:
    """Whether an entry of a count found more; what takes a gain back is a smaller gain, not a loss."""
    worth = StockEntry.value + StockEntry.settled
    return case((StockEntry.is_reversal, -worth), else_=worth) > 0


def count_differences(uow: UnitOfWork, start: datetime, end: datetime) -> tuple[CountRow, ...]:
    """Count differences of a period by item, the largest first."""
    worth = StockEntry.value + StockEntry.settled
    gain = total(case((is_gain(), worth), else_=0))
    loss = total(case((is_gain(), 0), else_=-worth))
    rows = uow.sql.execute(
        select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, total(StockEntry.qty), gain, loss)
        .join(Item, Item.id == StockEntry.item_id)
        .where(
            StockEntry.kind == K.COUNT,
            or_(StockEntry.qty != 0, StockEntry.value != 0, StockEntry.settled != 0),
            StockEntry.at >= micros(start),
            StockEntry.at <= micros(end),
        )
        .group_by(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit)
    )
    found = [
        CountRow(*row[:5], from_micro(int(row[5])), uow.money(int(row[6])), uow.money(int(row[7]))) for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (-(abs(row.gain) + abs(row.loss)), row.code)))
