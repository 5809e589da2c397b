"""A wide statement made narrow: only some of its columns, joined only to the tables these need.

A list names what it shows from a dozen tables; to count it, add it up or find an order, one or two of them are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Dialect, FromClause, Join, Label, Select, TypeDecorator, select, type_coerce
from sqlalchemy.sql.expression import ColumnClause
from sqlalchemy.sql.visitors import iterate


class Narrowed:
    """A statement's labelled columns, to be selected a few at a time, as they are stored. `readers` make of a stored value
    what its column's type says.

    Outer joins lead to a table's primary key, so that a row stays one row with and without them.
    """

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        self.columns: dict[str, ColumnElement[Any]] = {}
        self.readers: dict[str, Callable[[Any], Any]] = {}
        for label, column in statement.exported_columns.items():
            bare, kind = column.element if isinstance(column, Label) else column, column.type
            if isinstance(kind, TypeDecorator):
                bare = type_coerce(bare, kind.impl_instance)
                self.readers[str(label)] = partial(kind.process_result_value, dialect=dialect)
            self.columns[str(label)] = bare
        self._from, *others = statement.get_final_froms()
        if others:
            raise TypeError("a list starts from one table")
        self._where = statement.whereclause

    def select(self, labels: Iterable[str]) -> Select[Any]:
        """These columns of every row."""
        chosen = {label: self.columns[label] for label in labels}
        where = [] if self._where is None else [self._where]
        needed = _tables_of([*chosen.values(), *where])
        columns = [column.label(label) for label, column in chosen.items()]
        return select(*columns).select_from(_joined(self._from, needed)).where(*where)


def _joined(origin: FromClause, needed: set[Any]) -> FromClause:
    """The joins without those outer ones that lead to nothing needed."""
    if not isinstance(origin, Join):
        return origin
    if origin.isouter and origin.right not in needed:
        return _joined(origin.left, needed)
    condition = origin.onclause
    left = _joined(origin.left, needed if condition is None else needed | _tables_of([condition]))
    return Join(left, origin.right, condition, isouter=origin.isouter)


def _tables_of(clauses: Iterable[Any]) -> set[Any]:
    """The tables whose columns are named in clauses."""
    return {
        element.table
        for clause in clauses
        for element in iterate(clause)
        if isinstance(element, ColumnClause) and element.table is not None
    }
