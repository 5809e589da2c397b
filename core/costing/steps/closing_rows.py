"""What a closing stores, written and read: the review's lines with the names of then, waste, counts, accruals, checks.

`rows_hash` is the SHA-256 (FIPS 180-4) over all rows, each as JSON without spaces (RFC 8259) on a
line of its own, table by table in the order of TABLES and in the order of their keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from core.costing.rules import COLUMNS
from core.costing.steps.closings import Closing
from core.costing.steps.reviews import Material
from core.costing.types import CountRow, Review, ReviewRow, WasteRow
from core.costing.types.checks import MonthCheck
from core.uow import UnitOfWork
from core.values import from_micro, to_micro, to_minor
from db.base import Base, table_of
from db.costing.months import (
    MonthClosingAccrual,
    MonthClosingCategory,
    MonthClosingCheck,
    MonthClosingCount,
    MonthClosingItem,
    MonthClosingUnit,
    MonthClosingWaste,
)
from db.prepared import Prepared, insert_into, names_of
from db.sql import CHUNK, chunks

TABLES = (
    MonthClosingItem,
    MonthClosingCategory,
    MonthClosingUnit,
    MonthClosingWaste,
    MonthClosingCount,
    MonthClosingAccrual,
    MonthClosingCheck,
)
_INSERTS: dict[type[Base], Prepared] = {
    mapped: Prepared(insert_into(mapped, leave_out=(), as_stored=True)) for mapped in TABLES
}
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=lambda day: day.isoformat()).encode
Row = dict[str, Any]
_I = table_of(MonthClosingItem)
_ITEMS = Prepared(
    select(
        _I.c.item_id, _I.c.code, _I.c.name, _I.c.name_en, _I.c.unit, _I.c.category_id, _I.c.variance,
        *(_I.c[f"{name}_qty"] for name in COLUMNS),
        *(_I.c[f"{name}_value"] for name in COLUMNS),
    ).where(_I.c.closing_id == bindparam("closing_id"))
)  # fmt: skip
_VALUES = 7 + len(COLUMNS)
"""Where the values begin in such a row; the quantities stand before them."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category as a closing kept it."""

    parent_id: int | None
    name: str
    name_en: str
    path: str


def rows_of(
    review: Review, made_of: Material, accruals: Iterable[Row], checks: Sequence[MonthCheck]
) -> list[list[Row]]:
    """The rows to store, a list for each of TABLES, without the closing's id."""
    digits = review.total.digits
    return [
        [_item(row) for row in sorted(review.items, key=lambda row: row.key)],
        _categories(made_of.categories),
        [{"code": code, "name": name, "name_en": name_en} for code, (name, name_en) in sorted(review.units.items())],
        sorted((_waste(place, row, digits) for place, row in enumerate(review.waste)), key=lambda row: row["reason"]),
        sorted((_count(place, row, digits) for place, row in enumerate(review.counts)), key=lambda row: row["item_id"]),
        sorted(accruals, key=lambda row: row["entry_id"]),
        sorted((_check(place, one, digits) for place, one in enumerate(checks)), key=lambda row: row["kind"]),
    ]


def _item(row: Any) -> Row:
    columns = {f"{name}_qty": qty for name, qty in zip(COLUMNS, row.micros, strict=True)}
    columns.update({f"{name}_value": value for name, value in zip(COLUMNS, row.minors, strict=True)})
    facts = {"item_id": row.key, "code": row.code, "name": row.name, "name_en": row.name_en, "unit": row.unit}
    return {**facts, "category_id": row.category_id, **columns, "variance": row.variance_minor}


def _categories(known: Mapping[int, Any]) -> list[Row]:
    found = [
        {
            "category_id": key, "position": position, "parent_id": one.parent_id, "name": one.name,
            "name_en": one.name_en, "path": one.path,
        }
        for position, (key, one) in enumerate(known.items())
    ]  # fmt: skip
    return sorted(found, key=lambda row: int(row["category_id"]))


def _waste(position: int, row: WasteRow, digits: int) -> Row:
    return {
        "reason": row.reason, "position": position, "name": row.name, "name_en": row.name_en,
        "report_group": row.report_group, "entries": row.entries, "value": to_minor(row.value, digits),
    }  # fmt: skip


def _count(position: int, row: CountRow, digits: int) -> Row:
    amounts = {"gain": to_minor(row.gain, digits), "loss": to_minor(row.loss, digits)}
    return {"item_id": row.item_id, "position": position, "qty": to_micro(row.qty), **amounts}


def _check(position: int, check: MonthCheck, digits: int) -> Row:
    amount = None if check.amount is None else to_minor(check.amount, digits)
    facts = {"kind": check.kind.value, "position": position, "level": check.level.value}
    return {**facts, "count": check.count, "amount": amount}


def hash_of(tables: Iterable[Iterable[Row]]) -> str:
    """The hash over rows of TABLES, without the closing's id: whoever has the rows can reckon it again."""
    found = hashlib.sha256()
    for mapped, rows in zip(TABLES, tables, strict=True):
        names = [column.name for column in table_of(mapped).columns if column.name != "closing_id"]
        found.update((mapped.__tablename__ + "\n").encode())
        for row in rows:
            found.update((_as_json([row[name] for name in names]) + "\n").encode())
    return found.hexdigest()


def write_rows(uow: UnitOfWork, closing_id: int, tables: Iterable[list[Row]]) -> None:
    """Store the rows under a closing."""
    for mapped, rows in zip(TABLES, tables, strict=True):
        names = names_of(mapped)
        values = itemgetter(*names[1:])
        for part in chunks(rows, CHUNK):
            _INSERTS[mapped].run_rows(uow.sql, names, [(closing_id, *map(_stored, values(row))) for row in part])


def _stored(value: Any) -> Any:
    """A value as the database keeps it: a day as text."""
    return value.isoformat() if isinstance(value, date) else value


def read_rows(sql: Connection, closing_id: int) -> list[list[Row]]:
    """The rows as they are stored, in the order of their keys."""
    found = []
    for mapped in TABLES:
        table = table_of(mapped)
        key = [column for column in table.primary_key.columns if column.name != "closing_id"]
        rows = sql.execute(select(table).where(table.c.closing_id == closing_id).order_by(*key))
        listed: list[Row] = [dict(row._mapping) for row in rows]
        found.append(sorted(listed, key=lambda row: row[key[0].name]))  # databases may order texts differently
    return found


def stored_material(uow: UnitOfWork, closing: Closing, only: Collection[int] = ()) -> Material:
    """What the review of a closed month is made of, from its stored rows; with `only` the lines of these items."""
    categories = {
        row.category_id: Category(row.parent_id, row.name, row.name_en, row.path)
        for row in _of(uow, MonthClosingCategory, closing.closing_id, "position")
    }
    rows = _review_rows(uow, closing.closing_id, categories, only)
    names = {row.key: row for row in rows}
    return Material(
        rows=rows,
        categories=categories,
        waste=tuple(
            WasteRow(row.reason, row.name, row.name_en, row.report_group, row.entries, uow.money(row.value))
            for row in _of(uow, MonthClosingWaste, closing.closing_id, "position")
        ),
        counts=tuple(
            _count_row(uow, row, names[row.item_id])
            for row in _of(uow, MonthClosingCount, closing.closing_id, "position")
        ),
        stock_minor=closing.stock_minor,
        units={row.code: (row.name, row.name_en) for row in _of(uow, MonthClosingUnit, closing.closing_id, "code")},
    )


def _review_rows(
    uow: UnitOfWork, closing_id: int, categories: Mapping[int, Category], only: Collection[int]
) -> tuple[ReviewRow, ...]:
    """The lines in the order of codes."""
    paths = {0: "", **{key: one.path for key, one in categories.items()}}
    digits = uow.site.digits
    found = [
        ReviewRow(
            row[0], row[1], row[2], row[3], paths[row[5]], row[5], row[4], row[7:_VALUES], row[_VALUES:], row[6], digits
        )
        for row in _ITEMS.rows(uow.sql, closing_id=closing_id)
        if not only or row[0] in only
    ]
    found.sort(key=attrgetter("code"))
    return tuple(found)


def _of(uow: UnitOfWork, mapped: Any, closing_id: int, order: str) -> list[Any]:
    table = table_of(mapped)
    rows = uow.sql.execute(select(table).where(table.c.closing_id == closing_id)).all()
    return sorted(rows, key=lambda row: getattr(row, order))


def _count_row(uow: UnitOfWork, row: Any, item: Any) -> CountRow:
    return CountRow(
        row.item_id, item.code, item.name, item.name_en, item.unit, from_micro(row.qty), uow.money(row.gain),
        uow.money(row.loss),
    )  # fmt: skip


def stored_items(uow: UnitOfWork, closing_id: int, category_id: int) -> Select[int]:
    """The items that stood in a category (0: in none) or below it when the month was closed, as a statement."""
    children: dict[int | None, list[int]] = {}
    for row in _of(uow, MonthClosingCategory, closing_id, "position"):
        children.setdefault(row.parent_id, []).append(row.category_id)
    below = [category_id]
    for key in below:
        below.extend(children.get(key, ()))
    item = MonthClosingItem
    return select(item.item_id).where(item.closing_id == closing_id, item.category_id.in_(below))
