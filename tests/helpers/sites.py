"""Databases for tests: a site is made once for each kind of database and copied for every test."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.helpers.postgres import PostgresServer

ADMIN = "Admin"
PASSWORD = "correct horse battery staple"
SITE_NAME = "测试餐厅"

_numbers = itertools.count(1)


def make_site(site: str) -> None:
    """The site that every test starts from: empty but for its administrator."""
    from core.identity import NewSite
    from core.sites import create_site
    from db.enums import CostMethod

    facts = NewSite(
        name=SITE_NAME,
        currency="CNY",
        zone="Asia/Shanghai",
        language="zh",
        cost_method=CostMethod.FIFO,
        admin=ADMIN,
        password=PASSWORD,
    )
    create_site(site, facts)


def copy_sqlite(source: Path, target: Path) -> str:
    """A copy of a closed SQLite site, with what its journal may still hold."""
    for ending in ("-wal", "-shm"):
        if Path(f"{source}{ending}").exists():
            with sqlite3.connect(source) as connection:
                connection.execute("pragma wal_checkpoint(truncate)")
            connection.close()
    shutil.copyfile(source, target)
    return str(target)


class Postgres:
    """Makes and drops databases on one server: `postgresql://user@host:port/database`."""

    def __init__(self, url: str) -> None:
        self.url = url

    def url_of(self, database: str) -> str:
        head, _, options = self.url.partition("?")
        return head.rsplit("/", 1)[0] + "/" + database + ("?" + options if options else "")

    def create(self, template: str | None = None) -> str:
        """A new database and its address; as a copy of `template`, which nobody may be connected to."""
        name = f"steward_test_{os.getpid()}_{next(_numbers)}"
        copy = f" template {template} strategy file_copy" if template else " template template0"
        self._run(f"create database {name}{copy}")
        return self.url_of(name)

    def drop(self, url: str) -> None:
        """Removes a database and throws out whoever is still connected."""
        self._run(f"drop database if exists {database_of(url)} with (force)")

    def cut(self, url: str) -> int:
        """Cuts every connection to a database, as a cable pulled out would; says how many there were."""
        asked = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = %s"
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(asked, [database_of(url)]).fetchone()
        return int(found[0]) if found else 0

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


def database_of(url: str) -> str:
    """The name of the database in an address."""
    return str(conninfo_to_dict(url)["dbname"])


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """The server of STEWARD_TEST_PG_URL, or one of our own that is gone afterwards."""
    named = os.environ.get("STEWARD_TEST_PG_URL")
    if named:
        make_conninfo(named)  # says at once what is wrong with it
        yield Postgres(named)
        return
    server = PostgresServer()
    try:
        yield Postgres(server.url())
    finally:
        server.close()


@contextmanager
def prepared_postgres(postgres: Postgres, make: Callable[[str], None]) -> Iterator[str]:
    """The name of a database that `make` has filled, for `Postgres.create(template)`."""
    url = postgres.create()
    make(url)
    try:
        yield database_of(url)
    finally:
        postgres.drop(url)
