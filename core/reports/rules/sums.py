"""How the rows of a report are added up: totals, subtotals of groups, and the points of a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any

from core.reports.types.parts import Adding, ReportColumn, Values
from core.values import round_half_up

_MIXED = object()
_OF_ROWS = (Adding.SUM, Adding.QTY, Adding.SAME)


@dataclass(slots=True)
class Sums:
    """Rows added up: how many, the sums by column, and what columns all rows share."""

    count: int = 0
    sums: dict[str, Any] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Values], columns: Sequence[ReportColumn]) -> Sums:
        """Rows added up. An empty cell adds nothing."""
        made = cls(len(rows))
        for column in columns:
            key = column.key
            if column.adding in (Adding.SUM, Adding.QTY):
                found = [value for value in _column(rows, key) if value is not None]
                if found:
                    made.sums[key] = sum(found)
            elif column.adding is Adding.SAME:
                made.shared[key] = _only({row.get(key) for row in rows})
        made.shared["unit"] = _only({row.get("unit") for row in rows})
        return made

    def add(self, other: Sums) -> None:
        """The sums of other rows besides."""
        for key, value in other.sums.items():
            if value is not None:
                self.sums[key] = self.sums[key] + value if self.sums.get(key) is not None else value
        for key, value in other.shared.items():
            is_same = not self.count or (key in self.shared and self.shared[key] == value)
            self.shared[key] = value if is_same else _MIXED
        self.count += other.count

    def share_unit(self, first: Any, last: Any) -> None:
        """The units of the rows: one, where the first of them in order is the last too."""
        self.shared["unit"] = first if first == last else _MIXED

    def values(self, columns: Sequence[ReportColumn]) -> dict[str, Any]:
        """What stands under each column; formulas reckon over the sums, quantities of several units have no sum."""
        found = {column.key: self.value(column) for column in columns if column.adding in _OF_ROWS}
        return with_formulas(found, [column for column in columns if column.adding is Adding.FORMULA])

    def value(self, column: ReportColumn) -> Any:
        """What stands under a column that is no formula."""
        if column.adding is Adding.SAME:
            value = self.shared.get(column.key)
            return None if value is _MIXED else value
        is_mixed = column.adding is Adding.QTY and self.shared.get("unit") is _MIXED
        return None if is_mixed else self.sums.get(column.key)


def whole_of(parts: Iterable[Sums]) -> Sums:
    """Parts added up."""
    whole = Sums()
    for part in parts:
        whole.add(part)
    return whole


def _column(rows: Sequence[Values], key: str) -> Iterable[Any]:
    """The values of a column; nearly always every row has it."""
    try:
        return list(map(itemgetter(key), rows))
    except KeyError:
        return [row.get(key) for row in rows]


def _only(values: set[Any]) -> Any:
    """What all have in common."""
    return next(iter(values)) if len(values) == 1 else None if not values else _MIXED


def with_formulas(row: Mapping[str, Any], columns: Iterable[ReportColumn]) -> dict[str, Any]:
    """A row with the cells that are reckoned from its others."""
    full = dict(row)
    for column in columns:
        if column.formula is not None:
            full[column.key] = column.formula(full)
    return full


def ratio(part: str, whole: str) -> Any:
    """A formula: one column's share of another (0.125 is 12.5 %); empty where the whole is nothing."""

    def reckon(row: Values) -> Decimal | None:
        return quotient(row.get(part), row.get(whole))

    return reckon


def quotient(part: Any, whole: Any, digits: int = 6) -> Decimal | None:
    """`part / whole` to so many decimals, halves away from zero; empty where the whole is nothing or either is missing."""
    if part is None or not whole:
        return None
    (above, below), (over, under) = part.as_integer_ratio(), whole.as_integer_ratio()
    return Decimal(round_half_up(above * under * 10**digits, below * over)).scaleb(-digits)
