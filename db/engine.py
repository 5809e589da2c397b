"""Opening a database: one embedded SQLite file or a shared PostgreSQL, with the settings that keep it safe."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from db.prepared import send

BUSY_MILLISECONDS = 15_000
SHARE_OF = "share_of"
POSTGRES_SETTINGS: dict[str, Any] = {
    "connect_timeout": 5,
    "application_name": "steward",
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


def url_of(site: str) -> URL:
    """The database address of a path or URL."""
    if "://" in site:
        url = make_url(site)
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql+psycopg")
        return url
    return URL.create("sqlite+pysqlite", database=str(Path(site).expanduser().resolve()))


def is_sqlite(engine: Engine) -> bool:
    """Whether this is the embedded file."""
    return engine.dialect.name == "sqlite"


def open_engine(url: URL, *, read_only: bool = False) -> Engine:
    """An engine for reading and writing. On SQLite a write transaction takes its lock at BEGIN, so it never fails later;
    FULL sync, because what was confirmed must survive a pulled plug."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,  # what is stored never stands in an error, a log or a crash report
            connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False},
        )
        _prepare_sqlite(engine, "DEFERRED" if read_only else "IMMEDIATE", read_only)
        return engine
    engine = create_engine(
        url,
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
        pool_pre_ping=False,
        hide_parameters=True,
        connect_args={**POSTGRES_SETTINGS, "options": f"-c lock_timeout={BUSY_MILLISECONDS}"},
    )
    if read_only:
        engine = engine.execution_options(postgresql_readonly=True)
    return engine


def _prepare_sqlite(engine: Engine, begin: str, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=wal",
            "synchronous=full",
            "foreign_keys=on",
            f"busy_timeout={BUSY_MILLISECONDS}",
            "temp_store=memory",
            "cache_size=-16384",
        ):
            connection.execute("pragma " + pragma)
        connection.create_function(SHARE_OF, 3, _share_of, deterministic=True)
        if read_only:
            connection.execute("pragma query_only=on")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        send(connection, "BEGIN " + begin)


def _share_of(amount: int, part: int, whole: int) -> int:
    """`db.sql.share_of` on SQLite, whose own numbers are too small for the product."""
    product, sign = amount * part, 1 if (amount * part < 0) == (whole < 0) else -1
    return sign * ((2 * abs(product) + abs(whole)) // (2 * abs(whole)))


def may_be_retried(fault: Exception) -> bool:
    """Whether the whole transaction may simply be run again: deadlock, serialization failure, busy file, no
    connection left."""
    if not isinstance(fault, DBAPIError):
        return False
    state = getattr(fault.orig, "sqlstate", None)
    return state in ("40001", "40P01", "55P03", "53300") or (
        isinstance(fault.orig, sqlite3.OperationalError) and "locked" in str(fault.orig)
    )


def is_collision(fault: Exception) -> bool:
    """Whether somebody else wrote the same key at the same moment: run again, the transaction sees theirs (the same
    request sent twice at once then finds its answer, a code given twice its sentence)."""
    return isinstance(fault, DBAPIError) and getattr(fault.orig, "sqlstate", None) == "23505"


def is_lost(fault: Exception) -> bool:
    """Whether the connection to the database is gone, so that nobody knows if the last COMMIT went through."""
    if not isinstance(fault, DBAPIError):
        return False
    if fault.connection_invalidated:
        return True
    state = getattr(fault.orig, "sqlstate", None)
    if isinstance(fault, OperationalError) and not isinstance(fault.orig, sqlite3.Error):
        return state is None or state.startswith(("08", "57P"))
    return False


def is_full(fault: Exception) -> bool:
    """Whether the disk has no room left."""
    state = getattr(getattr(fault, "orig", None), "sqlstate", None)
    return state == "53100" or "disk is full" in str(fault) or "disk I/O error" in str(fault)


def is_damaged(fault: Exception) -> bool:
    """Whether the file is no database, or the database found its own pages broken."""
    if not isinstance(fault, DBAPIError):
        return False
    state = getattr(fault.orig, "sqlstate", None) or ""
    return state.startswith("XX00") or any(
        words in str(fault.orig) for words in ("file is not a database", "disk image is malformed")
    )


def watch_tables(engine: Engine) -> None:
    """Note in `connection.info["tables"]` every table a statement writes, bulk statements included."""

    @event.listens_for(engine, "after_execute")
    def _after(connection: Any, clause: Any, _multi: Any, _params: Any, _options: Any, _result: Any) -> None:
        if getattr(clause, "is_dml", False):
            connection.info.setdefault("tables", set()).add(clause.table.name)
