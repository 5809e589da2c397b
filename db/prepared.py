"""Statements of the busiest path, compiled once and run by the driver alone.

A posting sends some twenty small statements; composing and adapting each of them anew would cost more than the database
does. A `Prepared` is written as any other statement and runs in the same transaction, with the same types in and out; only
the errors and tables it touches are told by hand here.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert
from sqlalchemy.exc import DBAPIError

from db.base import Base, table_of

Taker = Callable[[Mapping[str, Any]], Any]


class _Form:
    """One statement for one database: its text, and how parameters are taken from named values."""

    def __init__(self, connection: Connection, statement: Any, named: Mapping[str, Any]) -> None:
        compiled = statement.compile(dialect=connection.dialect)
        state = compiled.construct_expanded_state(dict(named))
        self.text = state.statement
        processors = {**compiled._bind_processors, **state.processors}
        lists = {name: len(value) for name, value in named.items() if isinstance(value, list)}
        names = state.positiontup if compiled.positional else list(state.parameters)
        takers = [(name, _taker(name, lists, state.parameters, processors, named)) for name in names]
        self.is_positional = bool(compiled.positional)
        self._takers = takers
        columns = compiled._result_columns
        self._row: Any = namedtuple("Row", [column.keyname for column in columns], rename=True) if columns else None
        makers = [
            column.type.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
            for column in columns
        ]
        self._makers = [(place, make) for place, make in enumerate(makers) if make is not None]

    def rows(self, fetched: Sequence[Sequence[Any]]) -> list[Any]:
        """Rows with names and in the types of their columns."""
        if not self._makers:
            return [self._row._make(row) for row in fetched]
        made = []
        for row in fetched:
            values = list(row)
            for place, make in self._makers:
                values[place] = make(values[place])
            made.append(self._row._make(values))
        return made

    def parameters(self, named: Mapping[str, Any]) -> Any:
        if self.is_positional:
            return tuple([take(named) for _name, take in self._takers])
        return {name: take(named) for name, take in self._takers}


def _taker(
    name: str,
    lists: Mapping[str, int],
    constants: Mapping[str, Any],
    processors: Mapping[str, Any],
    named: Mapping[str, Any],
) -> Taker:
    process = processors.get(name)
    if isinstance(process, tuple):
        process = process[0]
    for key in lists:
        if name.startswith(f"{key}_"):
            index = int(name[len(key) + 1 :]) - 1
            return lambda values: values[key][index]
    if name in named or name not in constants or constants[name] is None:
        if process is None:
            return lambda values: values[name]
        return lambda values: process(values[name])
    constant = constants[name] if process is None else process(constants[name])
    return lambda _values: constant


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
        self._forms: dict[tuple[Any, ...], _Form] = {}

    def rows(self, connection: Connection, **named: Any) -> list[Any]:
        """All rows, with the names of the columns."""
        filled = {name: _padded(value) if isinstance(value, list) else value for name, value in named.items()}
        form, cursor = self._send(connection, filled, None)
        return form.rows(cursor.fetchall())

    def run(self, connection: Connection, **named: Any) -> None:
        """A statement that answers nothing."""
        self._send(connection, named, None)

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """The statement once for each row."""
        if rows:
            self._send(connection, rows[0], rows)

    def _send(
        self, connection: Connection, named: Mapping[str, Any], rows: Sequence[Mapping[str, Any]] | None
    ) -> tuple[_Form, Any]:
        key = (connection.dialect.name, *(len(value) for value in named.values() if isinstance(value, list)))
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _Form(connection, self._statement, named)
        if self._table is not None:
            connection.info.setdefault("tables", set()).add(self._table)
        parameters = form.parameters(named) if rows is None else [form.parameters(row) for row in rows]
        if connection.engine.dispatch.before_cursor_execute:
            return form, connection.exec_driver_sql(form.text, parameters)
        return form, _execute(connection, form.text, parameters, is_many=rows is not None)


def _execute(connection: Connection, text: str, parameters: Any, *, is_many: bool) -> Any:
    raw: Any = connection.connection
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
