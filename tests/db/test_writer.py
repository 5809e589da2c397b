"""The connections a program writes with."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from sqlalchemy import Engine, event

from db.engine import open_engine, url_of
from db.writer import MOST_KEPT, Writer


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    engine = open_engine(url_of(empty_database))
    with engine.begin() as sql:
        sql.exec_driver_sql("create table one (id integer primary key)")
    yield engine
    engine.dispose()


def count_of(engine: Engine) -> int:
    with engine.connect() as sql:
        return int(sql.exec_driver_sql("select count(*) from one").scalar_one())


def opened(engine: Engine) -> list[object]:
    """Every connection made from now on."""
    made: list[object] = []
    event.listen(engine, "connect", lambda connection, _record: made.append(connection))
    return made


def test_one_connection_serves_many_transactions(engine: Engine) -> None:
    engine.dispose()
    made, writer = opened(engine), Writer(engine)
    for number in range(5):
        with writer.transaction() as sql:
            sql.exec_driver_sql(f"insert into one values ({number})")
            sql.commit()
    assert len(made) == 1 and count_of(engine) == 5


def test_a_fault_saves_nothing_and_the_next_transaction_goes_on(engine: Engine) -> None:
    writer = Writer(engine)
    with pytest.raises(ZeroDivisionError), writer.transaction() as sql:
        sql.exec_driver_sql("insert into one values (1)")
        raise ZeroDivisionError
    with writer.transaction() as sql:
        sql.exec_driver_sql("insert into one values (2)")
        sql.rollback()
    with writer.transaction() as sql:
        sql.exec_driver_sql("insert into one values (2)")
    assert count_of(engine) == 0
    with writer.transaction() as sql:
        sql.exec_driver_sql("insert into one values (3)")
        sql.commit()
    assert count_of(engine) == 1


def test_disposing_of_the_engine_closes_what_is_kept(engine: Engine) -> None:
    made, writer = opened(engine), Writer(engine)
    with writer.transaction() as sql:
        kept = sql.connection.dbapi_connection
    engine.dispose()
    with pytest.raises(Exception, match="closed"):
        kept.cursor().execute("select 1")  # type: ignore[union-attr]
    with writer.transaction() as sql:
        assert sql.connection.dbapi_connection is made[-1]


def test_a_connection_of_before_the_engine_was_disposed_of_is_not_kept(engine: Engine) -> None:
    writer = Writer(engine)
    with writer.transaction() as sql:
        before = sql.connection.dbapi_connection
        engine.dispose()
    with writer.transaction() as sql:
        assert sql.connection.dbapi_connection is not before


def test_threads_have_connections_of_their_own(engine: Engine) -> None:
    writer = Writer(engine)

    def write(number: int) -> None:
        for step in range(10):
            with writer.transaction() as sql:
                sql.exec_driver_sql(f"insert into one values ({number * 100 + step})")
                sql.commit()

    threads = [Thread(target=write, args=(number,)) for number in range(MOST_KEPT + 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count_of(engine) == 10 * len(threads)


def test_a_fork_leaves_the_connection_to_its_parent(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(engine)
    with writer.transaction() as sql:
        sql.exec_driver_sql("insert into one values (1)")
        sql.commit()
        parents = sql.connection.dbapi_connection
    with monkeypatch.context() as child:
        child.setattr("os.getpid", lambda: -1)
        engine.dispose(close=False)
        with writer.transaction() as sql:
            assert sql.connection.dbapi_connection is not parents
            sql.exec_driver_sql("insert into one values (2)")
            sql.commit()
        engine.dispose()
    assert count_of(engine) == 2
    parents.cursor().execute("select 1")  # type: ignore[union-attr]
    for connection in writer._inherited:
        connection.invalidate()
        connection.close()
