"""Rows put in order: the largest figure first, and rows of the same figure always in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from core.reports.steps.engine.sources import Row

_TELLING = (
    "item", "number", "item_id", "category_id", "supplier_id", "location_id", "reason", "department", "entry_id",
    "category", "supplier", "location", "name",
)  # fmt: skip


def largest_first(rows: Iterable[Row], key: str, size: Callable[[Any], Any] = lambda value: value) -> list[Row]:
    """Rows by one of their figures, the largest first (`size` abs: the farthest from nothing). What a database hands over in
    any order stands in one order, so that a report made twice is the same."""
    found = sorted(rows, key=lambda row: -size(row[key]))
    ordered: list[Row] = []
    for _size, same in groupby(found, key=lambda row: size(row[key])):
        ties = list(same)
        ordered += ties if len(ties) == 1 else sorted(ties, key=_who)
    return ordered


def _who(row: Row) -> tuple[str, ...]:
    return tuple(_word(row.get(name)) for name in _TELLING)


def _word(value: Any) -> str:
    return f"{value:020}" if isinstance(value, int | Decimal) else str(value)
