"""Filters of one value and nothing else, as a row of another report has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Integer, or_

from core.reports.types import Chosen
from core.values import parse_number

PREFIX = "only_"
Test = Callable[[Any], ColumnElement[bool]]


def exact_label(key: str) -> str:
    """The column such a filter looks at."""
    return key.removeprefix(PREFIX)


def whole_number(value: Any) -> int:
    """A value that is a number, also where somebody wrote it. Raises InvalidInput."""
    return int(parse_number(str(value)))


def exact_test(column: ColumnElement[Any], label: str, chosen: Chosen) -> Test:
    """Whether a column holds just this value; the empty one stands for none. Raises InvalidInput for words where the column
    has numbers."""
    value = chosen[0]
    if value not in ("", 0):
        wanted = whole_number(value) if isinstance(column.type, Integer) else value
        return lambda table: table[label] == wanted

    def without(table: Any) -> ColumnElement[bool]:
        column = table[label]
        return or_(column.is_(None), column == (0 if isinstance(column.type, Integer) else ""))

    return without
