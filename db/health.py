"""How a database is: version, size, room, clock, structure. Reads only."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Health:
    """What a database says of itself; sizes in bytes, `clock` in microseconds since 1970, None where it does not say."""

    kind: str
    version: str
    milliseconds: float
    size: int
    journal_size: int
    free: int | None
    clock: int | None
    connections: int
    most_connections: int
    faults: tuple[str, ...]
    folder: str


def health(connection: Connection) -> Health:
    """Ask a database how it is."""
    started = time.perf_counter()
    connection.exec_driver_sql("SELECT 1").scalar_one()
    milliseconds = (time.perf_counter() - started) * 1000
    return (_sqlite if connection.dialect.name == "sqlite" else _postgres)(connection, milliseconds)


def _sqlite(connection: Connection, milliseconds: float) -> Health:
    path = Path(str(connection.engine.url.database))
    journal = Path(f"{path}-wal")
    version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar_one())
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)")]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    faults = [words for words in found if words != "ok"] + [f"{row[0]} {row[1]} -> {row[2]}" for row in broken]
    return Health(
        "SQLite",
        version,
        milliseconds,
        path.stat().st_size,
        journal.stat().st_size if journal.exists() else 0,
        shutil.disk_usage(path.parent).free,
        None,
        1,
        0,
        tuple(faults),
        str(path.parent),
    )


def _postgres(connection: Connection, milliseconds: float) -> Health:
    row = connection.exec_driver_sql(
        "SELECT current_setting('server_version'), pg_database_size(current_database()),"
        " (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,"
        " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
        " current_setting('max_connections')::int"
    ).one()
    broken = connection.exec_driver_sql(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready"
        " UNION ALL SELECT conname::text FROM pg_constraint WHERE NOT convalidated"
    ).scalars()
    return Health(
        "PostgreSQL",
        str(row[0]).split()[0],
        milliseconds,
        int(row[1]),
        0,
        None,
        int(row[2]),
        int(row[3]),
        int(row[4]),
        tuple(broken),
        "",
    )
