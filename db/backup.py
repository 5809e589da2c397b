"""A site's whole database as one SQLite file, and such a file put into a database again.

Every backup is a SQLite site file, also that of a shared PostgreSQL: one format, which can be restored into either.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect

from db.engine import open_engine, url_of
from db.migrate import upgrade, upgrade_within
from db.schema import stored_version
from db.transfer import VERSION_TABLE, Digest, Told, copy_table, digests, shapes

PAGES = 2_000


class Differs(Exception):
    """What was written is not what was read: the tables' names are its arguments."""


def write_snapshot(source: Connection, path: Path, told: Told | None = None) -> dict[str, Digest]:
    """Write everything this transaction sees into a new SQLite file and read it back; answers the tables' digests.

    SQLite copies its pages by the online backup, PostgreSQL its rows; others may go on writing meanwhile. Raises Differs.
    """
    if source.dialect.name == "sqlite":
        _copy_pages(source, path, told)
        read = None
    else:
        read = _copy_rows(source, path, told)
    found = digests_of_file(path, told)
    if read is not None:
        _check_same(read, found)
    return found


def digests_of_file(path: Path, told: Told | None = None) -> dict[str, Digest]:
    """The digests of every table of a SQLite file."""
    engine = open_engine(url_of(str(path)), read_only=True)
    try:
        with engine.begin() as connection:
            return digests(connection, told)
    finally:
        engine.dispose()
        _without_journal(path)


def fill_database(
    engine: Engine, path: Path, *, replace: bool, check: Callable[[Connection], None], told: Told | None = None
) -> None:
    """Put a SQLite site file of any version into a PostgreSQL database and bring it to this program's version, in one
    transaction.

    `check` looks at the result before COMMIT and raises to refuse it. `replace` throws away what is there; otherwise
    the database must hold no tables. Raises Differs.
    """
    source = open_engine(url_of(str(path)), read_only=True)
    try:
        with source.begin() as old, engine.begin() as new:
            if replace:
                _drop_everything(new)
            upgrade_within(new, stored_version(old) or "base")
            _fill(old, new, told)
            upgrade_within(new)
            check(new)
    finally:
        source.dispose()
        _without_journal(path)


def replace_file(path: Path, target: Path) -> None:
    """Overwrite a SQLite site, which other programs may have open, by the contents of a file, in one transaction."""
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(target)) as old:
        old.execute("pragma busy_timeout=15000")
        source.backup(old)
        old.execute("pragma wal_checkpoint(truncate)")


def is_empty(engine: Engine) -> bool:
    """Whether a database holds no tables at all."""
    with engine.connect() as connection:
        return not inspect(connection).get_table_names()


def quick_check(path: Path) -> list[str]:
    """What SQLite finds wrong with a file's structure; empty when it is sound. A file that is none is said to be so."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = [str(row[0]) for row in connection.execute("pragma quick_check(20)")]
            broken = connection.execute("pragma foreign_key_check").fetchmany(20)
    except sqlite3.Error as fault:
        return [str(fault)]
    return [words for words in found if words != "ok"] + [f"{row[0]} {row[1]} -> {row[2]}" for row in broken]


def _copy_pages(source: Connection, path: Path, told: Told | None) -> None:
    source.exec_driver_sql(f"SELECT 1 FROM {VERSION_TABLE}")  # from here on this transaction sees one state
    raw: Any = source.connection.driver_connection

    def progress(_status: int, remaining: int, total: int) -> None:
        if told is not None:
            told("", total - remaining)

    with contextlib.closing(sqlite3.connect(path)) as target:
        raw.backup(target, pages=PAGES, progress=progress)
        target.execute("pragma journal_mode=delete")


def _copy_rows(source: Connection, path: Path, told: Told | None) -> dict[str, Digest]:
    engine = open_engine(url_of(str(path)))
    try:
        upgrade(engine, stored_version(source) or "base")
        with engine.begin() as target:
            return _fill(source, target, told)
    finally:
        engine.dispose()
        _without_journal(path)


def _fill(source: Connection, target: Connection, told: Told | None) -> dict[str, Digest]:
    """Copy every table and compare it with what can be read again. Foreign keys are checked when all rows are there."""
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("pragma defer_foreign_keys=on")
    found = sorted(shapes(source), key=lambda shape: shape.name == "site")  # last: its row locks the closed period
    for shape in reversed(found):
        if target.exec_driver_sql(f'SELECT 1 FROM "{shape.name}" LIMIT 1').first() is not None:
            target.exec_driver_sql(f'DELETE FROM "{shape.name}"')
    read = {shape.name: copy_table(source, target, shape, told) for shape in found}
    _check_same(read, digests(target))
    return read


def _check_same(read: dict[str, Digest], written: dict[str, Digest]) -> None:
    wrong = sorted(name for name in read.keys() | written.keys() if read.get(name) != written.get(name))
    if wrong:
        raise Differs(*wrong)


def _drop_everything(target: Connection) -> None:
    names = inspect(target).get_table_names()
    if names:
        target.exec_driver_sql("DROP TABLE {} CASCADE".format(", ".join(f'"{name}"' for name in names)))
    for function in ("refuse_change", "refuse_closed"):
        target.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}() CASCADE")


def _without_journal(path: Path) -> None:
    """Write the file's journal into it and put it away, so that the file is whole by itself."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode=delete")
