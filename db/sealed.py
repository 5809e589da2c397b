"""One month as a file of its own: SQLite, plain tables and views, locked against changes, with a hash of every table.

Columns hold text (amounts and quantities as decimal strings) or whole numbers. `seal` lists every table with its number of
rows and the SHA-256 over them (JSON arrays, one a line, in the order written); the seal of the whole is the SHA-256 over
that list and the facts in `meta`, and stands in `meta` under `seal`.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

Value = str | int | None
FORM = "steward-month"
APPLICATION_ID = 0x53544D31  # "STM1"
_RUN = 2_000


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table to be sealed: names for programs, `title` and `headings` (as many as `columns`) for people's views. `whole`
    are the columns that hold whole numbers."""

    name: str
    title: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Iterable[Sequence[Value]]
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SealedFacts:
    """What a sealed file says of itself, and what does not fit: tables whose rows are not those that were sealed."""

    meta: Mapping[str, str]
    tables: Mapping[str, int]
    broken: tuple[str, ...]
    is_whole: bool


def write_sealed(tables: Iterable[SealedTable], meta: Mapping[str, str]) -> bytes:
    """The file's bytes; the same tables and facts always give the same."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as sql:
        sql.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        sql.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
        sql.execute("CREATE TABLE seal (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT")
        for table in tables:
            rows, sha256 = _write(sql, table)
            sql.execute("INSERT INTO seal VALUES (?, ?, ?)", (table.name, rows, sha256))
        facts = {"form": FORM, **meta}
        sql.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        sql.execute("INSERT INTO meta VALUES ('seal', ?)", (_seal_of(sql),))
        _lock(sql)
        return sql.serialize()


def _write(sql: sqlite3.Connection, table: SealedTable) -> tuple[int, str]:
    kinds = (f"{_q(name)} {'INTEGER' if name in table.whole else 'TEXT'}" for name in table.columns)
    sql.execute(f"CREATE TABLE {_q(table.name)} ({', '.join(kinds)}) STRICT")
    shown = ", ".join(f"{_q(a)} AS {_q(b)}" for a, b in zip(table.columns, _once(table.headings), strict=True))
    if table.title != table.name:
        sql.execute(f"CREATE VIEW {_q(table.title)} AS SELECT {shown} FROM {_q(table.name)}")
    statement = f"INSERT INTO {_q(table.name)} VALUES ({', '.join('?' * len(table.columns))})"
    digest, count = hashlib.sha256(), 0
    part: list[Sequence[Value]] = []
    for row in table.rows:
        digest.update(_line(row))
        part.append(tuple(row))
        count += 1
        if len(part) == _RUN:
            sql.executemany(statement, part)
            part = []
    sql.executemany(statement, part)
    return count, digest.hexdigest()


def _once(headings: Sequence[str]) -> Iterator[str]:
    """Headings, each once: a second one of the same words is numbered."""
    seen: dict[str, int] = {}
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        yield heading if seen[heading] == 1 else f"{heading} {seen[heading]}"


def _line(row: Sequence[Value]) -> bytes:
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _seal_of(sql: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for row in sql.execute("SELECT name, rows, sha256 FROM seal ORDER BY name"):
        digest.update(_line(row))
    for row in sql.execute("SELECT key, value FROM meta WHERE key <> 'seal' ORDER BY key"):
        digest.update(_line(row))
    return digest.hexdigest()


def _lock(sql: sqlite3.Connection) -> None:
    """Whoever writes into it is refused; whoever does it all the same is found out by the hashes."""
    names = [row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for name in names:
        for event in ("INSERT", "UPDATE", "DELETE"):
            sql.execute(
                f"CREATE TRIGGER {_q(f'sealed_{name}_{event.lower()}')} BEFORE {event} ON {_q(name)} "
                "BEGIN SELECT RAISE(ABORT, 'this month is sealed'); END"
            )


def read_sealed(path: Path) -> SealedFacts:
    """Reckon every hash of a sealed file again. Raises ValueError for a file that is none, OSError for one that cannot be
    read."""
    with path.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3"):
            raise ValueError("not a sealed month")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as sql:
            return _facts(sql)
    except sqlite3.DatabaseError as fault:
        raise ValueError(f"not a sealed month: {fault}") from fault


def _facts(sql: sqlite3.Connection) -> SealedFacts:
    meta = dict(sql.execute("SELECT key, value FROM meta"))
    if meta.get("form") != FORM:
        raise ValueError("not a sealed month")
    broken: list[str] = []
    tables: dict[str, int] = {}
    for name, rows, sha256 in sql.execute("SELECT name, rows, sha256 FROM seal ORDER BY name").fetchall():
        digest, count = hashlib.sha256(), 0
        for row in sql.execute(f"SELECT * FROM {_q(name)} ORDER BY rowid"):
            digest.update(_line(row))
            count += 1
        tables[name] = count
        if count != rows or digest.hexdigest() != sha256:
            broken.append(name)
    return SealedFacts(meta, tables, tuple(broken), not broken and meta.get("seal") == _seal_of(sql))


def sealed_rows(path: Path, name: str) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """The columns of a table of a sealed file and all its rows. Raises ValueError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as sql:
            found = sql.execute(f"SELECT * FROM {_q(name)} ORDER BY rowid")
            return tuple(column[0] for column in found.description), found.fetchall()
    except sqlite3.DatabaseError as fault:
        raise ValueError(f"not a sealed month: {fault}") from fault
