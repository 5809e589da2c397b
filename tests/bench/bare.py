"""The bare SQL of a command: its statements recorded, then sent again by the driver alone to a copy of the database."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event

Statement = tuple[str, Any, bool]


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """Every statement sent while the block runs, with its parameters; COMMIT included."""
    found: list[Statement] = []

    def _sent(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        found.append((statement, parameters, many))

    def _committed(_connection: Any) -> None:
        found.append(("COMMIT", (), False))

    event.listen(engine, "before_cursor_execute", _sent)
    event.listen(engine, "commit", _committed)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", _sent)
        event.remove(engine, "commit", _committed)


def replay_sqlite(path: str, statements: list[Statement]) -> float:
    """Milliseconds the driver needs for the same statements on a copy of the file, with the program's settings."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "temp_store=memory", "cache_size=-65536"):
        connection.execute("pragma " + pragma)
    started = time.perf_counter()
    for statement, parameters, many in statements:
        if many:
            connection.executemany(statement, parameters)
        else:
            connection.execute(statement, parameters).fetchall()
    taken = (time.perf_counter() - started) * 1000
    connection.close()
    return taken


def replay_postgres(url: str, statements: list[Statement]) -> float:
    """The same on a copy of a PostgreSQL database."""
    with psycopg.connect(url, autocommit=False) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        connection.rollback()
        started = time.perf_counter()
        for statement, parameters, many in statements:
            if statement == "COMMIT":
                connection.commit()
            elif many:
                cursor.executemany(statement, parameters)
            else:
                cursor.execute(statement, parameters)
                if cursor.description:
                    cursor.fetchall()
        return (time.perf_counter() - started) * 1000
