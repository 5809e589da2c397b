"""Filters of one value and nothing else, as a row of another report has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Integer, or_

from core.reports.types import Chosen

PREFIX = "only_"
Test = Callable[[Any], ColumnElement[bool]]


def exact_label(key: str) -> str:
    """The column such a filter looks at."""
    return key.removeprefix(PREFIX)


def exact_test(label: str, chosen: Chosen) -> Test:
    """Whether a column holds just this value; the empty one stands for none."""
    value = chosen[0]
    if value not in ("", 0):
        return lambda table: table[label] == value

    def without(table: Any) -> ColumnElement[bool]:
        column = table[label]
        return or_(column.is_(None), column == (0 if isinstance(column.type, Integer) else ""))

    return without
