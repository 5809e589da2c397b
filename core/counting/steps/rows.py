"""Rows as windows and papers show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from core import catalog
from core.counting.types import CountPart, EntryUnit
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item, ItemUnit, Unit
from db.counting import StockCountLine, StockCountTally
from db.identity import Person
from db.sql import chunks

MOST_UNITS = 3


def entry_units(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, tuple[EntryUnit, ...]]:
    """Up to three units an item is counted in, largest first: its largest packs, the count unit, the base unit."""
    wanted = sorted(set(item_ids))
    tables = catalog.load_units(uow, wanted)
    packs: dict[int, list[str]] = {}
    for part in chunks(wanted):
        rows = uow.sql.execute(
            select(ItemUnit.item_id, ItemUnit.unit)
            .where(ItemUnit.item_id.in_(part))
            .order_by(ItemUnit.item_id, ItemUnit.factor.desc())
        )
        for row in rows:
            packs.setdefault(row.item_id, []).append(row.unit)
    names = unit_names(uow)
    found: dict[int, tuple[EntryUnit, ...]] = {}
    for item_id, table in tables.items():
        chosen = list(dict.fromkeys([table.base, table.count, *packs.get(item_id, [])]))[:MOST_UNITS]
        units = [EntryUnit(unit, table.factor(unit), *names.get(unit, (unit, unit))) for unit in chosen]
        found[item_id] = tuple(sorted(units, key=lambda one: -one.factor))
    return found


def unit_names(uow: UnitOfWork) -> dict[str, tuple[str, str]]:
    """Names of units in Chinese and English; a physical unit goes by its sign (kg)."""
    rows = uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))
    return {
        row.code: (row.code, row.code) if row.dimension and row.code.isascii() else (row.name, row.name_en)
        for row in rows
    }


def figures_of(uow: UnitOfWork, count_id: int) -> dict[int, tuple[CountPart, ...]]:
    """The figures that make up each line now, by line: those of its last round that were not replaced."""
    rows = uow.sql.execute(
        select(StockCountTally.line_id, StockCountTally.qty, StockCountTally.unit, Item.base_unit)
        .join(StockCountLine, StockCountLine.id == StockCountTally.line_id)
        .join(Item, Item.id == StockCountLine.item_id)
        .where(
            StockCountLine.count_id == count_id,
            StockCountTally.round == StockCountLine.rounds,
            StockCountTally.is_replaced.is_(False),
        )
        .order_by(StockCountTally.id)
    )
    found: dict[int, list[CountPart]] = {}
    for row in rows:
        found.setdefault(row.line_id, []).append(CountPart(from_micro(row.qty), row.unit or row.base_unit))
    return {line_id: tuple(parts) for line_id, parts in found.items()}


def first_figures(uow: UnitOfWork, count_id: int) -> dict[int, Decimal]:
    """What the first round found, by line, of lines that were counted again."""
    rows = uow.sql.execute(
        select(StockCountTally.line_id, StockCountLine.item_id, StockCountTally.qty, StockCountTally.unit)
        .join(StockCountLine, StockCountLine.id == StockCountTally.line_id)
        .where(
            StockCountLine.count_id == count_id,
            StockCountLine.rounds > 1,
            StockCountTally.round == 1,
            StockCountTally.is_replaced.is_(False),
        )
    ).all()
    units = catalog.load_units(uow, {row.item_id for row in rows})
    found: dict[int, Decimal] = {}
    for row in rows:
        qty = units[row.item_id].to_base(from_micro(row.qty), row.unit)
        found[row.line_id] = found.get(row.line_id, Decimal(0)) + qty
    return found


def names_of(uow: UnitOfWork, person_ids: Iterable[int | None]) -> Mapping[int | None, str]:
    """People's names by id; nobody has none."""
    wanted: Sequence[int] = sorted({person_id for person_id in person_ids if person_id is not None})
    found: dict[int | None, str] = {None: ""}
    for part in chunks(wanted):
        found.update(
            {row.id: row.name for row in uow.sql.execute(select(Person.id, Person.name).where(Person.id.in_(part)))}
        )
    return found
