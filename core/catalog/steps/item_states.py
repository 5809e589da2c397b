"""Building blocks: items with their packs, barcodes, suppliers and levels as facts by key, read and written for many at once.

Facts are values as JSON has them, numbers as decimal strings, so that a journal can keep what they were. The keys: the
fields of an item; `pack:case`, how many base units it holds; `barcode:690…`, its unit; `supplier:7`, supplier's code,
price and its unit; `level:minimum` for the whole site. A key that is missing, or None, says that there is no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from core.catalog.rules.fields import ITEM_FIELDS
from core.catalog.steps.bulk import add_terms, insert_rows
from core.catalog.steps.search_rows import refresh_search
from core.catalog.types import NewTerm
from core.pinyin import sort_key
from core.uow import UnitOfWork
from core.values import plain
from db.base import table_of
from db.catalog import Barcode, Item, ItemUnit, PriceBreak, StockPolicy, SupplierTerm
from db.sql import chunks, upsert

Facts = dict[str, Any]
PACK, BARCODE, SUPPLIER, LEVEL = "pack:", "barcode:", "supplier:", "level:"
LEVELS = ("minimum", "safety", "maximum", "par")
KEPT_APART = ("reorder_point", "order_qty")
DECIMALS = frozenset({"sale_price", "standard_cost", "tax_rate"})


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it stands."""

    id: int
    code: str
    is_merged: bool
    facts: Facts


def decimal_text(number: Decimal | None) -> str | None:
    """A number as facts have it."""
    return None if number is None else f"{plain(number):f}"


def load_item_states(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, ItemState]:
    """These items as they stand: five statements for 500 of them. Those that are not there are left out."""
    found: dict[int, ItemState] = {}
    for part in chunks(sorted(set(item_ids))):
        for row in uow.sql.execute(select(table_of(Item)).where(Item.id.in_(part)).with_for_update()):
            values = {key: row._mapping[key] for key in ITEM_FIELDS if key != "code"}
            facts = {key: decimal_text(value) if key in DECIMALS else value for key, value in values.items()}
            found[row.id] = ItemState(row.id, row.code, row.merged_into_id is not None, facts)
        for item_id, key, value in _parts(uow, part):
            found[item_id].facts[key] = value
    return found


def _parts(uow: UnitOfWork, item_ids: list[int]) -> Iterator[tuple[int, str, Any]]:
    run, u, b, t, p = uow.sql.execute, ItemUnit, Barcode, SupplierTerm, StockPolicy
    for item_id, unit, factor in run(select(u.item_id, u.unit, u.factor).where(u.item_id.in_(item_ids))):
        yield item_id, PACK + unit, decimal_text(factor)
    for item_id, code, unit in run(select(b.item_id, b.code, b.unit).where(b.item_id.in_(item_ids))):
        yield item_id, BARCODE + code, unit
    terms = select(t.item_id, t.supplier_id, t.supplier_code, t.price, t.unit).where(t.item_id.in_(item_ids))
    for item_id, supplier_id, code, price, unit in run(terms):
        yield item_id, f"{SUPPLIER}{supplier_id}", [code, decimal_text(price), unit]
    levels = select(p.item_id, p.minimum, p.safety, p.maximum, p.par)
    for item_id, *values in run(levels.where(p.item_id.in_(item_ids), p.location_id == 0)):
        for name, value in zip(LEVELS, values, strict=True):
            yield item_id, LEVEL + name, decimal_text(value)


def write_item_states(
    uow: UnitOfWork, states: Mapping[int, ItemState], changes: Mapping[int, Mapping[str, Any]]
) -> None:
    """Bring items from how they stand to what `changes` says of each, by key; checked before."""
    _write_fields(uow, changes)
    _write_packs(uow, _of_kind(changes, PACK))
    _write_barcodes(uow, states, _of_kind(changes, BARCODE))
    _write_terms(uow, states, _of_kind(changes, SUPPLIER))
    _write_levels(uow, states, changes)
    refresh_search(uow, sorted(changes))


def _of_kind(changes: Mapping[int, Mapping[str, Any]], kind: str) -> list[tuple[int, str, Any]]:
    return [
        (item_id, key.removeprefix(kind), value)
        for item_id, wanted in changes.items()
        for key, value in wanted.items()
        if key.startswith(kind)
    ]


def _write_fields(uow: UnitOfWork, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Rows that change the same columns are written by one statement; a change of parts alone counts the version up."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for item_id, wanted in changes.items():
        values = {key: _stored(key, value) for key, value in wanted.items() if key in ITEM_FIELDS}
        if "name" in values:
            values["sort_key"] = sort_key(str(values["name"]))
        by_columns.setdefault(tuple(sorted(values)), []).append({"of_item": item_id, **values})
    table = table_of(Item)
    for columns, rows in by_columns.items():
        fresh: dict[str, Any] = {column: bindparam(column) for column in columns}
        statement = update(table).where(table.c.id == bindparam("of_item"))
        uow.sql.execute(statement.values(version=table.c.version + 1, **fresh), rows)


def _stored(key: str, value: Any) -> Any:
    return Decimal(value) if key in DECIMALS and value is not None else value


def _write_packs(uow: UnitOfWork, changes: Sequence[tuple[int, str, Any]]) -> None:
    table = table_of(ItemUnit)
    rows = [{"item_id": key, "unit": unit, "factor": Decimal(factor)} for key, unit, factor in changes if factor]
    upsert(uow.sql, table, rows, ("item_id", "unit"))
    for item_id, unit, factor in changes:
        if not factor:
            uow.sql.execute(delete(table).where(table.c.item_id == item_id, table.c.unit == unit))


def _write_barcodes(uow: UnitOfWork, states: Mapping[int, ItemState], changes: Sequence[tuple[int, str, Any]]) -> None:
    fresh: list[dict[str, Any]] = []
    for item_id, code, unit in changes:
        is_there = states[item_id].facts.get(BARCODE + code) is not None
        if not is_there and unit is not None:
            fresh.append({"item_id": item_id, "code": code, "unit": unit})
        elif unit is None:
            uow.sql.execute(delete(Barcode).where(Barcode.item_id == item_id, Barcode.code == code))
        else:
            uow.sql.execute(update(Barcode).where(Barcode.code == code).values(unit=unit))
    insert_rows(uow, Barcode, fresh)


def _write_terms(uow: UnitOfWork, states: Mapping[int, ItemState], changes: Sequence[tuple[int, str, Any]]) -> None:
    t = SupplierTerm
    fresh: list[tuple[int, NewTerm]] = []
    for item_id, supplier, value in changes:
        facts = states[item_id].facts
        mine = (t.item_id == item_id, t.supplier_id == int(supplier))
        if value is None:
            ids = list(uow.sql.execute(select(t.id).where(*mine)).scalars())
            uow.sql.execute(delete(PriceBreak).where(PriceBreak.term_id.in_(ids)))
            uow.sql.execute(delete(t).where(*mine))
        elif facts.get(SUPPLIER + supplier) is None:
            rank = 1 + sum(key.startswith(SUPPLIER) for key in facts)
            price = None if value[1] is None else Decimal(value[1])
            fresh.append((item_id, NewTerm(int(supplier), value[0], price=price, rank=rank)))
        else:
            price = None if value[1] is None else Decimal(value[1])
            changed = {"supplier_code": value[0], "price": price, "version": t.version + 1}
            uow.sql.execute(update(t).where(*mine).values(changed))
    add_terms(uow, fresh)


def _write_levels(uow: UnitOfWork, states: Mapping[int, ItemState], changes: Mapping[int, Mapping[str, Any]]) -> None:
    """A row that is there is changed, one that is not is made, one that says nothing any more goes."""
    p = table_of(StockPolicy)
    changed: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for item_id, wanted in changes.items():
        if not any(key.startswith(LEVEL) for key in wanted):
            continue
        facts = states[item_id].facts
        after = {name: wanted.get(LEVEL + name, facts.get(LEVEL + name)) for name in LEVELS}
        levels = {name: None if text is None else Decimal(text) for name, text in after.items()}
        if LEVEL + LEVELS[0] in facts:
            changed.append({"of_item": item_id, **levels})
        else:
            fresh.append({"item_id": item_id, "location_id": 0, **levels})
    insert_rows(uow, StockPolicy, fresh)
    if not changed:
        return
    site = (p.c.item_id == bindparam("of_item"), p.c.location_id == 0)
    values: dict[str, Any] = {name: bindparam(name) for name in LEVELS}
    uow.sql.execute(update(p).where(*site).values(version=p.c.version + 1, **values), changed)
    empty = [{"of_item": row["of_item"]} for row in changed if all(row[name] is None for name in LEVELS)]
    if empty:
        nothing = (p.c[name].is_(None) for name in (*LEVELS, *KEPT_APART))
        uow.sql.execute(delete(p).where(*site, *nothing), empty)
