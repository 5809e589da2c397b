"""Statements that are compiled once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, bindparam, delete, insert, select, update

from db.columns import Json
from db.engine import open_engine, url_of
from db.prepared import Prepared

KEPT = Table("kept", MetaData(), Column("id", Integer, primary_key=True), Column("value", Json))
OTHER = Table("other", MetaData(), Column("id", Integer, primary_key=True), Column("size", Integer))


def test_a_list_in_a_json_column_is_one_value_whatever_came_first(empty_database: str) -> None:
    """An answer that is a list once made every later row of the journal fail."""
    add = Prepared(insert(KEPT).values(id=bindparam("id"), value=bindparam("value")).returning(KEPT.c.id))
    engine = open_engine(url_of(empty_database))
    values: list[object] = [[1], [1, 2, 3], {"a": [1]}, "text", []]
    with engine.begin() as sql:
        KEPT.create(sql)
        for number, value in enumerate(values):
            assert add.rows(sql, id=number, value=value)[0].id == number
        found = sql.execute(select(KEPT.c.value).order_by(KEPT.c.id)).scalars().all()
    engine.dispose()
    assert found == values


def test_a_list_of_any_length_is_looked_for(empty_database: str) -> None:
    find = Prepared(select(KEPT.c.id).where(KEPT.c.id.in_(bindparam("ids", expanding=True))).order_by(KEPT.c.id))
    engine = open_engine(url_of(empty_database))
    with engine.begin() as sql:
        KEPT.create(sql)
        sql.execute(insert(KEPT), [{"id": number, "value": number} for number in range(6)])
        for wanted in ([1], [0, 2], [1, 3, 5], [0, 1, 2, 3, 4]):
            assert [row.id for row in find.rows(sql, ids=wanted)] == wanted
    engine.dispose()


def test_what_was_made_of_rows_is_made_anew_when_they_are_others(empty_database: str) -> None:
    find = Prepared(select(KEPT.c.id, KEPT.c.value).where(KEPT.c.id.in_(bindparam("ids", expanding=True))))
    engine = open_engine(url_of(empty_database))
    calls: list[int] = []

    def make(rows: list[Any]) -> dict[int, Any]:
        calls.append(len(rows))
        return {row.id: row.value for row in rows}

    with engine.begin() as sql:
        KEPT.create(sql)
        sql.execute(insert(KEPT), [{"id": number, "value": {"is": number}} for number in range(3)])
        assert find.made(sql, make, ids=[1]) == {1: {"is": 1}}
        assert find.made(sql, make, ids=[1]) == {1: {"is": 1}}
        assert find.made(sql, make, ids=[2]) == {2: {"is": 2}}
        assert calls == [1, 1]
        sql.execute(update(KEPT).where(KEPT.c.id == 1).values(value={"is": 7}))
        assert find.made(sql, make, ids=[1]) == {1: {"is": 7}}
        sql.execute(delete(KEPT).where(KEPT.c.id == 1))
        assert find.made(sql, make, ids=[1]) == {}
    engine.dispose()


def test_rows_are_given_in_any_order_of_their_names(empty_database: str) -> None:
    add = Prepared(insert(KEPT).values(id=bindparam("id"), value=bindparam("value")))
    plain = Prepared(insert(OTHER).values(id=bindparam("id"), size=bindparam("size")))
    engine = open_engine(url_of(empty_database))
    with engine.begin() as sql:
        KEPT.create(sql)
        OTHER.create(sql)
        add.run_rows(sql, ("value", "id"), [("a", 1), ("b", 2)])
        plain.run_rows(sql, ("id", "size"), [(1, 10)])
        plain.run_rows(sql, ("size", "id"), [(20, 2)])
        plain.run_rows(sql, ("size", "id"), [])
        kept = sql.execute(select(KEPT.c.id, KEPT.c.value).order_by(KEPT.c.id)).all()
        sizes = sql.execute(select(OTHER.c.id, OTHER.c.size).order_by(OTHER.c.id)).all()
    engine.dispose()
    assert [tuple(row) for row in kept] == [(1, "a"), (2, "b")]
    assert [tuple(row) for row in sizes] == [(1, 10), (2, 20)]
