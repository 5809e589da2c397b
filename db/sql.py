"""Small pieces of SQL that differ between the two databases, or that every floor above would otherwise repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar
from typing import cast as cast_type

from sqlalchemy import BigInteger, ColumnElement, Connection, Executable, Table, cast, func
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
CHUNK = 5_000
MOST_IN_LIST = 500


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> None:
    """Insert rows, or overwrite those with the same key; one statement run for all rows."""
    if not rows:
        return
    statement = _upsert(connection.dialect.name, table, tuple(rows[0]), tuple(keys))
    for part in chunks(rows, CHUNK):
        connection.execute(statement, list(part))


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...], keys: tuple[str, ...]) -> Executable:
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return cast_type(Executable, statement.on_conflict_do_update(index_elements=list(keys), set_=changed))


def chunks(rows: Iterable[T], size: int = MOST_IN_LIST) -> Iterator[list[T]]:
    """The rows in parts of at most `size`, so that lists in a statement stay within what both databases take."""
    part: list[T] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def total(column: Any) -> ColumnElement[int]:
    """The sum of whole numbers as a whole number, 0 for no rows (PostgreSQL would answer with a numeric)."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


def count_up(connection: Connection, table: Table, key: dict[str, Any], counter: str, by: int) -> int:
    """Add to a counter and answer its new value; the first use starts it. Others wait for our COMMIT."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(table).values({**key, counter: by})
    statement = statement.on_conflict_do_update(
        index_elements=list(key), set_={counter: table.c[counter] + statement.excluded[counter]}
    ).returning(table.c[counter])
    return int(connection.execute(statement).scalar_one())
