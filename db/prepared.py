"""Statements of the busiest path, compiled once and run by the driver alone.

A posting sends some twenty small statements; composing and adapting each of them anew would cost more than the database
does. A `Prepared` is written as any other statement and runs in the same transaction, with the same types in and out; only
the errors and tables it touches are told by hand here.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, TypeVar, cast

from sqlalchemy import Boolean, Connection, bindparam, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import BindParameter
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import TypeDecorator

from db.base import Base, table_of

T = TypeVar("T")
_Way = Callable[[Mapping[str, Any]], Any]
MOST_MADE = 32


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
        self._names = tuple(names)
        self._in_order: Any = None if not compiled.positional else _in_order(names)
        self.parameters = self._way()
        columns = compiled._result_columns
        row: Any = namedtuple("Row", [column.keyname for column in columns], rename=True) if columns else None
        self._row = partial(tuple.__new__, row)
        makers = [
            column.type.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
            for column in columns
        ]
        self._makers = [(place, make) for place, make in enumerate(makers) if make is not None]
        self.made: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    def _way(self) -> _Way:
        """How the driver's parameters are made of named values: the shortest way there is."""
        in_order = self._in_order
        if not (self._fixed or self._lists or self._processed):
            return cast(_Way, in_order) if in_order is not None else lambda named: named
        if in_order is None or self._processed:
            return self._composed
        if len(self._fixed) == len(self._names):
            fixed = in_order(self._fixed)
            return lambda _named: fixed
        for key, members in self._lists.items():
            if self._names == tuple(members):
                return lambda named: tuple(named[key])
        return self._composed

    def _composed(self, named: Mapping[str, Any]) -> Any:
        values = {**self._fixed, **named}
        for key, members in self._lists.items():
            values.update(zip(members, named[key], strict=True))
        for name, process in self._processed:
            values[name] = process(values[name])
        return values if self._in_order is None else self._in_order(values)

    def parameters_in(self, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
        """What the driver is given for rows whose values stand in the order of `names`; best the statement's own."""
        if names == self._names and self.parameters is self._in_order:
            return rows
        return [self.parameters(dict(zip(names, row, strict=True))) for row in rows]

    def rows(self, fetched: Sequence[Sequence[Any]]) -> list[Any]:
        """Rows with names and in the types of their columns."""
        if self._makers:
            return [self._row(self._typed(row)) for row in fetched]
        return list(map(self._row, fetched))

    def _typed(self, row: Sequence[Any]) -> Sequence[Any]:
        typed = row
        for place, make in self._makers:
            if row[place] is not None:
                if typed is row:
                    typed = list(row)
                typed[place] = make(row[place])  # type: ignore[index]
        return typed


def _in_order(names: list[str]) -> Any:
    """A function that takes the values of these names as a tuple."""
    return itemgetter(*names) if len(names) > 1 else lambda named: tuple([named[name] for name in names])


def names_of(mapped: type[Base]) -> tuple[str, ...]:
    """The names of a table's columns, in the order its inserts have them."""
    return tuple(column.name for column in table_of(mapped).columns)


def insert_into(mapped: type[Base], *, leave_out: tuple[str, ...] = ("id",), as_stored: bool = False) -> Any:
    """An insert that names every column of a table but those left out, each to be given by name; `as_stored`: in the
    form the database keeps it in (a moment as microseconds)."""
    table = table_of(mapped)
    given = [column for column in table.columns if column.name not in leave_out]
    return insert(table).values(
        {column: bindparam(column.name, type_=_stored(column.type) if as_stored else None) for column in given}
    )


def _stored(kind: Any) -> Any:
    return kind.impl if isinstance(kind, TypeDecorator) else kind


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
        form = self._form(connection, named)
        return form.rows(send(connection, form.text, form.parameters(named)).fetchall())

    def made(self, connection: Connection, make: Callable[[list[Any]], T], **named: Any) -> T:
        """What `make` makes of all rows; that of the last time when the database answers the very same rows.

        The database is asked every time. `make` is always the same for a statement, and what it makes is never changed.
        """
        form = self._form(connection, named)
        fetched = send(connection, form.text, form.parameters(named)).fetchall()
        asked = tuple([tuple(value) if type(value) is list else value for value in named.values()]) if named else ()
        made: T
        last = form.made.get(asked)
        if last is not None and last[0] == fetched:
            made = last[1]
            return made
        if len(form.made) >= MOST_MADE:
            form.made.clear()
        made = make(form.rows(fetched))
        form.made[asked] = (fetched, made)
        return made

    def run(self, connection: Connection, **named: Any) -> None:
        """A statement that answers nothing."""
        form = self._form(connection, named)
        send(connection, form.text, form.parameters(named))

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """The statement once for each row."""
        if rows:
            form = self._form(connection, {**rows[0]})
            send(connection, form.text, list(map(form.parameters, rows)), is_many=True)

    def run_rows(self, connection: Connection, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
        """The same, the values of each row in the order of `names`."""
        if rows:
            form = self._form(connection, dict(zip(names, rows[0], strict=True)))
            send(connection, form.text, form.parameters_in(names, rows), is_many=True)

    def _form(self, connection: Connection, named: dict[str, Any]) -> _Form:
        """How the statement is sent to this kind of database; a table it writes is noted, lists are brought to length."""
        if self._table is not None:
            connection.info.setdefault("tables", set()).add(self._table)
        key: Any = connection.dialect.name
        for name in self._lists:
            named[name] = _padded(named[name])
            key = (key, len(named[name]))
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
    size, length = 1, len(values)
    while size < length:
        size *= 2
    return values if size == length else values + values[-1:] * (size - length)
