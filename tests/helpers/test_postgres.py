"""The tests' own PostgreSQL does what the tests of a killed server rely on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.helpers.postgres import PostgresServer
from tests.helpers.sites import Postgres, database_of


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    own = PostgresServer()
    yield own
    own.close()


def test_what_was_committed_is_there_after_the_server_was_killed(server: PostgresServer) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('不锈钢')")
    server.kill()
    server.start()
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("select word from kept").fetchall() == [("不锈钢",)]


def test_trigrams_know_chinese(server: PostgresServer) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("create extension pg_trgm")
        trigrams = connection.execute("select show_trgm('不锈钢')").fetchone()
    assert trigrams is not None
    assert len(trigrams[0]) >= 4


def test_a_copied_database_is_its_own(postgres: Postgres) -> None:
    first = postgres.create()
    with psycopg.connect(first) as connection:
        connection.execute("create table one (n int)")
    second = postgres.create(database_of(first))
    with psycopg.connect(second) as connection:
        connection.execute("drop table one")
    with psycopg.connect(first) as connection:
        assert connection.execute("select count(*) from one").fetchone() == (0,)
    postgres.drop(first)
    postgres.drop(second)


def test_a_cut_connection_is_gone(postgres: Postgres) -> None:
    url = postgres.create()
    connection = psycopg.connect(url)
    assert postgres.cut(url) == 1
    with pytest.raises(psycopg.OperationalError):
        connection.execute("select 1")
    connection.close()
    postgres.drop(url)


def test_nothing_is_left_when_the_tests_are_killed() -> None:
    dies = (
        "import os, signal, sys; from tests.helpers.postgres import PostgresServer; own = PostgresServer();"
        "print(own.base, own._watcher.pid, flush=True); os.kill(os.getpid(), signal.SIGTERM)"
    )
    done = subprocess.run([sys.executable, "-c", dies], capture_output=True, text=True)
    base, watcher = done.stdout.split()
    # The watcher keeps the dead program's standard output open until it has cleared up, so by now it has.
    assert watcher
    assert not Path(base).exists()
