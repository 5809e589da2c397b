"""Statements that are compiled once."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, select

from db.columns import Json
from db.engine import open_engine, url_of
from db.prepared import Prepared

KEPT = Table("kept", MetaData(), Column("id", Integer, primary_key=True), Column("value", Json))


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
