"""Building blocks: the unit tables of items, loaded for many at once, and units made when they are first written."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, insert, or_, select
from sqlalchemy.orm import aliased

from core.catalog.rules.units import Units, UnitTable
from core.catalog.types import PackUnit, UnitRow
from core.errors import NotFound
from core.i18n import _
from core.uow import UnitOfWork
from db.catalog import Item, ItemUnit, Unit
from db.prepared import Prepared
from db.sql import chunks


def items_with_packs(*facts: Any) -> Select[*tuple[Any, ...]]:
    """Items by `ids` with what their unit tables are made of, a row for each pack unit, and more facts of theirs."""
    units = (Item.id, Item.code, Item.base_unit, Item.purchase_unit, Item.issue_unit, Item.count_unit)
    return (
        select(*units, ItemUnit.unit, ItemUnit.factor, *facts)
        .outerjoin(ItemUnit, ItemUnit.item_id == Item.id)
        .where(Item.id.in_(bindparam("ids", expanding=True)))
        .order_by(Item.id, ItemUnit.factor, ItemUnit.unit)
    )


def _units_and_like() -> Select[*tuple[Any, ...]]:
    """Units by `codes`, and all that measure the same as one of them."""
    named = aliased(Unit)
    measures = select(named.dimension).where(named.code.in_(bindparam("codes", expanding=True)), named.dimension != "")
    return _EVERY_UNIT.where(
        or_(Unit.code.in_(bindparam("codes", expanding=True)), Unit.dimension.in_(measures.scalar_subquery()))
    )


_ITEM_UNITS = Prepared(items_with_packs())
_EVERY_UNIT = select(Unit.code, Unit.name, Unit.name_en, Unit.dimension, Unit.factor)
_ALL_UNITS = Prepared(_EVERY_UNIT)
_UNITS = Prepared(_units_and_like())


def load_units(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, UnitTable]:
    """The unit tables of these items: two statements for up to 500 of them. Unknown ids are left out."""
    tables: dict[int, UnitTable] = {}
    for part in chunks(sorted(set(item_ids))):
        tables.update(unit_tables(uow, _ITEM_UNITS.rows(uow.sql, ids=part)))
    return tables


def unit_tables(uow: UnitOfWork, rows: Iterable[Any]) -> dict[int, UnitTable]:
    """The unit tables of items read by `items_with_packs`."""
    items = {row.id: row for row in rows}
    packs: dict[int, list[PackUnit]] = {}
    for row in rows:
        if row.unit is not None:
            packs.setdefault(row.id, []).append(PackUnit(row.unit, row.factor))
    used = {row.base_unit for row in items.values()} | {pack.unit for several in packs.values() for pack in several}
    units = load_all_units(uow, only=used)
    return {
        row.id: units.table_of(
            row.id, row.code, row.base_unit, (row.purchase_unit, row.issue_unit, row.count_unit), packs.get(row.id, ())
        )
        for row in items.values()
    }


def load_unit_table(uow: UnitOfWork, item_id: int) -> UnitTable:
    """The units of one item. Raises NotFound."""
    table = load_units(uow, [item_id]).get(item_id)
    if table is None:
        raise no_item(item_id)
    return table


def no_item(item_id: int) -> NotFound:
    """The sentence for an item there is not."""
    return NotFound(_("There is no such item ({item_id}).", item_id=item_id), field="item")


def load_all_units(uow: UnitOfWork, *, only: Iterable[str] | None = None) -> Units:
    """The units of the site; with `only` these and those that measure the same."""
    names = None if only is None else sorted(set(only))
    if names is None or not 0 < len(names) <= 500:
        return _ALL_UNITS.made(uow.sql, _units_of)
    return _UNITS.made(uow.sql, _units_of, codes=names)


def _units_of(rows: list[Any]) -> Units:
    return Units([UnitRow(*row) for row in rows])


def ensure_units(uow: UnitOfWork, codes: Iterable[str]) -> None:
    """Make the units that are not there yet, under the name they were written with. One that is a known physical unit
    under another name (KG, 公斤) measures the same; any other is a thing that is counted."""
    missing = unknown_units(uow, codes)
    if not missing:
        return
    physical = load_all_units(uow, only=())
    rows = []
    for code in missing:
        like = physical.known_as(code)
        names = {"code": code, "name": like.name if like else code, "name_en": like.name_en if like else code}
        rows.append(
            {**names, "dimension": like.dimension if like else "", "factor": like.factor if like else Decimal(1)}
        )
    uow.sql.execute(insert(cast(Table, Unit.__table__)), rows)


def unknown_units(uow: UnitOfWork, codes: Iterable[str]) -> list[str]:
    """Those of these units that the site does not have."""
    wanted = sorted({code for code in codes if code})
    known: set[str] = set()
    for part in chunks(wanted):
        known.update(uow.sql.execute(select(Unit.code).where(Unit.code.in_(part))).scalars())
    return [code for code in wanted if code not in known]
