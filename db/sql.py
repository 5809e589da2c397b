"""Small pieces of SQL that differ between the two databases, or that every floor above would otherwise repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, bindparam, cast, func
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from db.base import Base, table_of
from db.engine import SHARE_OF
from db.prepared import Prepared

T = TypeVar("T")
CHUNK = 5_000
MOST_IN_LIST = 500


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> None:
    """Insert rows, or overwrite those with the same key; one statement run for all rows."""
    if not rows:
        return
    statement = _upsert(connection.dialect.name, table, tuple(rows[0]), tuple(keys))
    for part in chunks(rows, CHUNK):
        statement.run_many(connection, part)


class Upsert:
    """The same for rows of one table whose values stand in the order of `names`; the first `keys` of them are the key."""

    def __init__(self, mapped: type[Base], names: tuple[str, ...], keys: int) -> None:
        self._table, self._names, self._keys = table_of(mapped), names, names[:keys]

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows, or overwrite those with the same key."""
        statement = _upsert(connection.dialect.name, self._table, self._names, self._keys)
        for part in chunks(rows, CHUNK):
            statement.run_rows(connection, self._names, part)


def _insert_into(dialect: str, table: Table) -> Any:
    """An insert that may say what happens to rows that are there."""
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # not read at the start of a site in a file

    return postgresql.insert(table)


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...], keys: tuple[str, ...]) -> Prepared:
    statement = _insert_into(dialect, table).values({table.c[name]: bindparam(name) for name in columns})
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return Prepared(statement.on_conflict_do_update(index_elements=list(keys), set_=changed))


def chunks(rows: Iterable[T], size: int = MOST_IN_LIST) -> Iterable[list[T]]:
    """The rows in parts of at most `size`, so that lists in a statement stay within what both databases take."""
    if isinstance(rows, list) and len(rows) <= size:
        return (rows,) if rows else ()
    return _parts(iter(rows), size)


def _parts(left: Iterator[T], size: int) -> Iterator[list[T]]:
    while part := list(islice(left, size)):
        yield part


def total(column: Any) -> ColumnElement[int]:
    """The sum of whole numbers as a whole number, 0 for no rows (PostgreSQL would answer with a numeric)."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


class share_of(FunctionElement[int]):
    """`amount * part / whole` to the next whole, halves away from zero; exact, however large the numbers are."""

    inherit_cache = True
    type = BigInteger()
    name = "share_of"

    def __init__(self, amount: Any, part: Any, whole: Any) -> None:
        super().__init__(amount, part, whole)


@compiles(share_of)
def _share_elsewhere(element: share_of, compiler: Any, **given: Any) -> str:
    return f"{SHARE_OF}({compiler.process(element.clauses, **given)})"


@compiles(share_of, "postgresql")
def _share_on_postgresql(element: share_of, compiler: Any, **given: Any) -> str:
    amount, part, whole = (f"({compiler.process(one, **given)})::numeric" for one in element.clauses)
    product = f"({amount} * {part})"
    return f"(sign({product} * {whole}) * div(2 * abs({product}) + abs({whole}), 2 * abs({whole})))::bigint"


def count_up(connection: Connection, table: Table, key: dict[str, Any], counter: str, by: int) -> int:
    """Add to a counter and answer its new value; the first use starts it. Others wait for our COMMIT."""
    statement = _count_up(connection.dialect.name, table, tuple(key), counter)
    return int(statement.rows(connection, **key, by=by)[0][0])


@cache
def _count_up(dialect: str, table: Table, keys: tuple[str, ...], counter: str) -> Prepared:
    values: dict[Any, Any] = {table.c[name]: bindparam(name) for name in keys}
    statement = _insert_into(dialect, table).values({**values, table.c[counter]: bindparam("by")})
    counted = {counter: table.c[counter] + statement.excluded[counter]}
    return Prepared(
        statement.on_conflict_do_update(index_elements=list(keys), set_=counted).returning(table.c[counter])
    )


def refresh_statistics(connection: Connection, *tables: Table) -> None:
    """After many rows came in at once: let PostgreSQL count again, or it plans as if the tables were empty. SQLite plans
    well without."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f"ANALYZE {connection.dialect.identifier_preparer.format_table(table)}")
