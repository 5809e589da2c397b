"""Whole databases read and written row by row, the same on SQLite and PostgreSQL: for backups, restoring and moving.

Tables are taken as the database has them, not as this program's models say, so that a site of an older version can be
copied too. Values travel raw: whole numbers, text, bytes and nothing; a truth value is 0 or 1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, String, inspect

VERSION_TABLE = "alembic_version"
PART = 5_000

Told = Callable[[str, int], None]
"""Told a table's name and how many rows of it are done."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as it is in a database: columns by name, those of truth values, the key its rows are sorted by."""

    name: str
    columns: tuple[str, ...]
    booleans: frozenset[str]
    texts: frozenset[str]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows a table has, and the SHA-256 over them in the order of its key."""

    rows: int
    sha256: str


def shapes(connection: Connection) -> list[Shape]:
    """Every table with rows of a site, those that others refer to first."""
    looked = inspect(connection)
    found = []
    for name, _keys in looked.get_sorted_table_and_fkc_names():
        if name is None or name == VERSION_TABLE:
            continue
        columns = looked.get_columns(name)
        key = tuple(looked.get_pk_constraint(name)["constrained_columns"])
        found.append(
            Shape(
                name,
                tuple(sorted(column["name"] for column in columns)),
                frozenset(column["name"] for column in columns if isinstance(column["type"], Boolean)),
                frozenset(column["name"] for column in columns if isinstance(column["type"], String)),
                key,
            )
        )
    return found


def read_rows(connection: Connection, shape: Shape) -> Iterator[list[tuple[Any, ...]]]:
    """All rows of a table in parts, in the order of its key, which is the same on both databases."""
    is_postgres = connection.dialect.name == "postgresql"
    columns = ", ".join(
        f'"{name}"::int' if is_postgres and name in shape.booleans else f'"{name}"' for name in shape.columns
    )
    order = ", ".join(
        f'"{name}" COLLATE "C"' if is_postgres and name in shape.texts else f'"{name}"' for name in shape.key
    )
    statement = f'SELECT {columns} FROM "{shape.name}" ORDER BY {order}'
    raw: Any = connection.connection.driver_connection
    cursor = raw.cursor(name=f"steward_{shape.name}") if is_postgres else raw.cursor()
    try:
        cursor.execute(statement)
        while part := cursor.fetchmany(PART):
            yield part
    finally:
        cursor.close()


def digest(connection: Connection, shape: Shape, told: Told | None = None) -> Digest:
    """Count and hash a table: equal digests mean equal contents, whichever database holds them."""
    seen = Seen()
    for part in read_rows(connection, shape):
        seen.add(part)
        if told is not None:
            told(shape.name, seen.rows)
    return seen.digest()


def digests(connection: Connection, told: Told | None = None) -> dict[str, Digest]:
    """The same of every table."""
    return {shape.name: digest(connection, shape, told) for shape in shapes(connection)}


class Seen:
    """Rows counted and hashed while they pass: JSON without spaces (RFC 8259), a line each; bytes as their SHA-256."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, part: Iterable[tuple[Any, ...]]) -> None:
        lines = [_encode(row) for row in part]
        self.rows += len(lines)
        self._hash.update(("\n".join(lines) + "\n").encode("utf-8", "surrogatepass"))

    def digest(self) -> Digest:
        return Digest(self.rows, self._hash.hexdigest())


_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=lambda content: {"sha256": hashlib.sha256(content).hexdigest()}
).encode


def copy_table(source: Connection, target: Connection, shape: Shape, told: Told | None = None) -> Digest:
    """Write a table's rows into the same, empty table of another database; answers the digest of what was read."""
    seen = Seen()

    def passing() -> Iterator[list[tuple[Any, ...]]]:
        for part in read_rows(source, shape):
            seen.add(part)
            yield part
            if told is not None:
                told(shape.name, seen.rows)

    write = _copy_in if target.dialect.name == "postgresql" else _insert
    write(target, shape, passing())
    return seen.digest()


def _copy_in(target: Connection, shape: Shape, parts: Iterable[list[tuple[Any, ...]]]) -> None:
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    raw: Any = target.connection.driver_connection
    with raw.cursor() as cursor:
        with cursor.copy(f'COPY "{shape.name}" ({columns}) FROM STDIN') as copy:
            for part in parts:
                for row in part:
                    copy.write_row(row)
        if "id" in shape.columns and "id" in shape.key:
            cursor.execute(f"SELECT pg_get_serial_sequence('\"{shape.name}\"', 'id')")
            sequence = cursor.fetchone()[0]
            if sequence is not None:
                cursor.execute(f'SELECT setval(%s, max(id)) FROM "{shape.name}" HAVING max(id) > 0', (sequence,))


def _insert(target: Connection, shape: Shape, parts: Iterable[list[tuple[Any, ...]]]) -> None:
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    marks = ", ".join("?" for _column in shape.columns)
    raw: Any = target.connection.driver_connection
    for part in parts:
        raw.executemany(f'INSERT INTO "{shape.name}" ({columns}) VALUES ({marks})', part)
