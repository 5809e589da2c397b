"""Statements of the busiest path, compiled once and run by the driver alone.

A posting sends some twenty small statements; composing and adapting each of them anew would cost more than the database
does. A `Prepared` is written as any other statement and runs in the same transaction, with the same types in and out; only
the errors and tables it touches are told by hand here.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Connection, bindparam, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import BindParameter
from sqlalchemy.sql.visitors import iterate

from db.base import Base, table_of


class _Form:
    """One statement for one database: its text, how parameters are made of named values, and rows of what is fetched."""

    def __init__(self, connection: Connection, statement: Any, named: Mapping[str, Any], lists: Sequence[str]) -> None:
        compiled = statement.compile(dialect=connection.dialect)
        state = compiled.construct_expanded_state(dict(named))
        self.text = state.statement
        processors = {**compiled._bind_processors, **state.processors}
        for name, bind in compiled.binds.items():
            if isinstance(bind.type, Boolean):
                processors.pop(name, None)  # every driver takes True as it is
        names = list(state.positiontup if compiled.positional else state.parameters)
        self._lists = {key: [f"{key}_{number}" for number in range(1, len(named[key]) + 1)] for key in lists}
        given = {*named, *(member for members in self._lists.values() for member in members)}
        self._processed = [(name, processors[name]) for name in names if name in given and processors.get(name)]
        self._fixed = {
            name: processors[name](state.parameters[name]) if processors.get(name) else state.parameters[name]
            for name in names
            if name not in given
        }
        self._is_ready = not (self._fixed or self._lists or self._processed)
        self._in_order: Any = None if not compiled.positional else _in_order(names)
        columns = compiled._result_columns
        row: Any = namedtuple("Row", [column.keyname for column in columns], rename=True) if columns else None
        self._row = partial(tuple.__new__, row)
        makers = [
            column.type.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
            for column in columns
        ]
        self._makers = [(place, make) for place, make in enumerate(makers) if make is not None]

    def rows(self, fetched: Sequence[Sequence[Any]]) -> list[Any]:
        """Rows with names and in the types of their columns."""
        if self._makers:
            return [self._row(self._made(row)) for row in fetched]
        return list(map(self._row, fetched))

    def _made(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, make in self._makers:
            if values[place] is not None:
                values[place] = make(values[place])
        return values

    def parameters(self, named: Mapping[str, Any]) -> Any:
        """What the driver is given for these values."""
        if not self._is_ready:
            values = {**self._fixed, **named}
            for key, members in self._lists.items():
                values.update(zip(members, named[key], strict=True))
            for name, process in self._processed:
                values[name] = process(values[name])
            named = values
        return named if self._in_order is None else self._in_order(named)

    def parameters_of(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The same for many."""
        if self._is_ready and self._in_order is not None:
            return list(map(self._in_order, rows))
        return [self.parameters(row) for row in rows]


def _in_order(names: list[str]) -> Any:
    """A function that takes the values of these names as a tuple."""
    return itemgetter(*names) if len(names) > 1 else lambda named: tuple([named[name] for name in names])


def insert_into(mapped: type[Base], *, leave_out: tuple[str, ...] = ("id",)) -> Any:
    """An insert that names every column of a table but those left out, each to be given by name."""
    table = table_of(mapped)
    return insert(table).values(
        {column: bindparam(column.name) for column in table.columns if column.name not in leave_out}
    )


class Prepared:
    """A statement to be run often. Values of `in_` lists are given as lists of any length but zero."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._table: str | None = statement.table.name if getattr(statement, "is_dml", False) else None
        lists = [one.key for one in iterate(statement) if isinstance(one, BindParameter) and one.expanding]
        self._lists = list(dict.fromkeys(lists))
        self._forms: dict[Any, _Form] = {}

    def rows(self, connection: Connection, **named: Any) -> list[Any]:
        """All rows, with the names of the columns."""
        for name in self._lists:
            named[name] = _padded(named[name])
        form = self._form(connection, named)
        return form.rows(send(connection, form.text, form.parameters(named)).fetchall())

    def run(self, connection: Connection, **named: Any) -> None:
        """A statement that answers nothing."""
        form = self._form(connection, named)
        send(connection, form.text, form.parameters(named))

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """The statement once for each row."""
        if rows:
            form = self._form(connection, rows[0])
            send(connection, form.text, form.parameters_of(rows), is_many=True)

    def _form(self, connection: Connection, named: Mapping[str, Any]) -> _Form:
        """How the statement is sent to this kind of database; a table it writes is noted."""
        if self._table is not None:
            connection.info.setdefault("tables", set()).add(self._table)
        key = (connection.dialect.name, *[len(named[name]) for name in self._lists])
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _Form(connection, self._statement, named, self._lists)
        return form


def send(connection: Connection, text: str, parameters: Any = (), *, is_many: bool = False) -> Any:
    """One statement by the driver alone, its faults as those of any other; who listens to statements hears it too."""
    if connection.engine.dispatch.before_cursor_execute:
        return connection.exec_driver_sql(text, parameters)
    raw: Any = connection.connection.dbapi_connection
    cursor = raw.cursor()
    try:
        (cursor.executemany if is_many else cursor.execute)(text, parameters)
    except connection.dialect.loaded_dbapi.Error as fault:
        is_gone = connection.dialect.is_disconnect(fault, raw, cursor)
        if is_gone:
            connection.invalidate(fault)
        raise DBAPIError.instance(
            text,
            None,
            fault,
            connection.dialect.loaded_dbapi.Error,
            connection_invalidated=is_gone,
            dialect=connection.dialect,
        ) from fault
    return cursor


def _padded(values: list[Any]) -> list[Any]:
    """The list brought to a length that is a power of two by repeating its last value, so that few forms are needed."""
    size = 1
    while size < len(values):
        size *= 2
    return values + values[-1:] * (size - len(values))
