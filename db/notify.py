"""Hearing of changes made by other programs: LISTEN on PostgreSQL, the data version on SQLite.

The listener is one daemon thread an open database. It tells changes as (topics, journal id, station) and whether the
database can be reached.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

from db.engine import POSTGRES_SETTINGS

CHANNEL = "steward_changes"
NEWEST = "SELECT coalesce(max(id), 0) FROM journal"
MISSED = "SELECT id, topics, station FROM journal WHERE id > {} ORDER BY id"
POLL_SECONDS = 0.2
RETRY_SECONDS = 1.0

Heard = Callable[[frozenset[str], int, str], None]
Reached = Callable[[bool], None]


def tell(connection: Connection, topics: set[str], journal_id: int, station: str) -> None:
    """Announce within the transaction; others hear it when it commits. SQLite needs no announcement."""
    if connection.dialect.name == "postgresql":
        payload = json.dumps([sorted(topics), journal_id, station], ensure_ascii=False)
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, payload))


class Listener:
    """Listens until it is stopped; reconnects by itself."""

    def __init__(self, engine: Engine, heard: Heard, reached: Reached) -> None:
        self._url: URL = engine.url
        self._heard, self._reached = heard, reached
        self._last: int | None = None
        self._stop = threading.Event()
        self._ready = threading.Event()
        listen = self._watch_file if engine.dialect.name == "sqlite" else self._watch_server
        self._thread = threading.Thread(target=listen, name="steward-listener", daemon=True)

    def start(self) -> None:
        """Start listening; returns when the first look at the database is done, so that nothing after it is missed."""
        self._thread.start()
        self._ready.wait(5)

    def stop(self) -> None:
        """Stop and wait until the thread has ended."""
        self._stop.set()
        self._thread.join(5)

    def _watch_file(self) -> None:
        self._guard(self._poll_sqlite, sqlite3.Error)

    def _watch_server(self) -> None:
        import psycopg

        self._guard(self._listen_postgres, psycopg.Error)

    def _guard(self, run: Callable[[], None], fault: type[Exception]) -> None:
        while not self._stop.is_set():
            try:
                run()
            except (fault, OSError):
                self._reached(False)
                self._stop.wait(RETRY_SECONDS)

    def _poll_sqlite(self) -> None:
        database = sqlite3.connect(f"file:{self._url.database}?mode=ro", uri=True, timeout=5, isolation_level=None)
        with contextlib.closing(database) as connection:
            version: Any = connection.execute("pragma data_version").fetchone()
            self._catch_up(connection, "?")
            self._reached(True)
            self._ready.set()
            while not self._stop.wait(POLL_SECONDS):
                now = connection.execute("pragma data_version").fetchone()
                if now == version:
                    continue
                version = now
                self._catch_up(connection, "?")

    def _listen_postgres(self) -> None:
        import psycopg

        url = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True, **POSTGRES_SETTINGS) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._catch_up(connection, "%s")
            self._reached(True)
            self._ready.set()
            while not self._stop.is_set():
                for note in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                    topics, number, station = json.loads(note.payload)
                    self._last = max(number, self._last or 0)
                    self._heard(frozenset(topics), number, station)

    def _catch_up(self, connection: Any, mark: str) -> None:
        """The first time begin with what is there; later tell what came since, also while the connection was lost."""
        newest = int(connection.execute(NEWEST).fetchone()[0])
        if self._last is None or newest < self._last:  # less than was there: a backup was put back
            self._last = newest
            return
        for number, topics, station in connection.execute(MISSED.format(mark), (self._last,)).fetchall():
            self._last = number
            self._heard(frozenset(topics.split()), number, station)
