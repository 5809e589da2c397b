"""Changing what is there already by the filled cells of a file, and bringing back what was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, select, update

from core import catalog
from core.errors import Refused
from core.i18n import Text, _n
from core.importing.steps.budgets import restore_budgets
from core.importing.steps.masters import Facts, Made
from core.importing.types import CellChange
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Supplier
from db.columns import Scaled
from db.sql import chunks
from db.stock import Location


def note_changes(
    made: Made, kind: str, record: tuple[int, str, int], facts: Facts, shown: Callable[[str, Any], tuple[str, str]]
) -> None:
    """Keep what a row (record: id, code, row) changed; `shown` tells the column and the words of a fact."""
    key, code, row = record
    if not facts:
        made.unchanged += 1
        return
    made.before.setdefault(kind, {})[key] = facts
    for name, (before, after) in facts.items():
        field, was = shown(name, before)
        made.changes.append(CellChange(row, code, field, was, shown(name, after)[1]))


def plain_words(value: Any) -> str:
    """A fact as a person reads it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def differences(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> Facts:
    """What would be another value than the stored one."""
    return {name: (stored[name], value) for name, value in wanted.items() if stored[name] != value}


def write_plain(uow: UnitOfWork, table: Table, records: Mapping[int, Mapping[str, Any]]) -> None:
    """Write columns of rows by id; rows that change the same columns by one statement."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for key, values in records.items():
        by_columns.setdefault(tuple(sorted(values)), []).append({"of_row": key, **values})
    for columns, rows in by_columns.items():
        fresh: dict[str, Any] = {column: bindparam(column) for column in columns}
        statement = update(table).where(table.c.id == bindparam("of_row"))
        uow.sql.execute(statement.values(version=table.c.version + 1, **fresh), rows)


def restore_plain(uow: UnitOfWork, table: Table, records: Mapping[int, Mapping[str, Sequence[Any]]]) -> None:
    """Bring back columns of rows. Raises Refused naming those of which somebody changed the same since."""
    touched: list[str] = []
    records = {key: _as_stored(table, facts) for key, facts in records.items()}
    for part in chunks(sorted(records)):
        rows = {row.id: row._mapping for row in uow.sql.execute(select(table).where(table.c.id.in_(part)))}
        for key in part:
            row = rows.get(key)
            if row is None or any(row[name] != after for name, (_before, after) in records[key].items()):
                touched.append(str(key if row is None else row["code"]))
    if touched:
        raise Refused(_changed_since(touched))
    back = {key: {name: before for name, (before, _a) in facts.items()} for key, facts in records.items()}
    write_plain(uow, table, back)


def _as_stored(table: Table, facts: Mapping[str, Sequence[Any]]) -> dict[str, tuple[Any, Any]]:
    """Facts out of a run's JSON, which has numbers with decimals as text."""

    def stored(name: str, value: Any) -> Any:
        return Decimal(value) if isinstance(value, str) and isinstance(table.c[name].type, Scaled) else value

    return {name: (stored(name, before), stored(name, after)) for name, (before, after) in facts.items()}


def _changed_since(codes: Iterable[str]) -> Text:
    named = list(codes)
    return _n(
        "{n} record was changed since: {codes}. Bringing back would overwrite that; change it by hand.",
        "{n} records were changed since: {codes}. Bringing back would overwrite that; change them by hand.",
        len(named),
        codes=", ".join(named[:5]),
    )


RESTORERS: dict[str, Callable[[UnitOfWork, Mapping[int, Mapping[str, Sequence[Any]]]], None]] = {
    "items": catalog.restore_items,
    "terms": catalog.restore_terms,
    "suppliers": lambda uow, records: restore_plain(uow, table_of(Supplier), records),
    "budgets": restore_budgets,
    "locations": lambda uow, records: restore_plain(uow, table_of(Location), records),
}
