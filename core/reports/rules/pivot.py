"""How a pivot adds up: groups from the database become cells and exact totals, all in whole numbers.

A figure is kept as parts until it is shown: sums of whole millionths or minor units, the smallest and the largest. Totals
are made of the parts of their groups, never of figures that were rounded; so a mean in a total is the mean of all entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from core.reports.types.pivot import Key, PivotFigure
from core.values import MICRO, digits_of, from_micro, from_minor, round_half_up

Parts: TypeAlias = tuple[Any, ...]
Keys: TypeAlias = tuple[Key, ...]
LONGEST_COST = 6
REST = "\N{NULL}rest"
"""The key of what did not come among the first values of a field."""


class Join(StrEnum):
    """How the same part of two groups becomes one."""

    SUM = "sum"
    LEAST = "least"
    MOST = "most"


_JOINS: Mapping[Join, Callable[[Any, Any], Any]] = {
    Join.SUM: lambda one, other: one + other,
    Join.LEAST: lambda one, other: other if one is None else one if other is None else min(one, other),
    Join.MOST: lambda one, other: other if one is None else one if other is None else max(one, other),
}


class Shape(StrEnum):
    """What the parts of a measure are, and how they become a figure.

    count: a number. money: minor units of the site. money_in: minor units, the first and last currency. qty: millionths,
    the first and last unit. cost: minor units of the site, millionths, units. price: millionths of money, currencies.
    mean: the same summed, how many, currencies.
    """

    COUNT = "count"
    MONEY = "money"
    MONEY_IN = "money_in"
    QTY = "qty"
    COST = "cost"
    LOW = "low"
    HIGH = "high"
    MEAN = "mean"


_SAME = (Join.LEAST, Join.MOST)
JOINS: Mapping[Shape, tuple[Join, ...]] = {
    Shape.COUNT: (Join.SUM,),
    Shape.MONEY: (Join.SUM,),
    Shape.MONEY_IN: (Join.SUM, *_SAME),
    Shape.QTY: (Join.SUM, *_SAME),
    Shape.COST: (Join.SUM, Join.SUM, *_SAME),
    Shape.LOW: (Join.LEAST, *_SAME),
    Shape.HIGH: (Join.MOST, *_SAME),
    Shape.MEAN: (Join.SUM, Join.SUM, *_SAME),
}
_NONE = PivotFigure(None)


def joined(joins: Sequence[Join], one: Parts, other: Parts) -> Parts:
    """The parts of two groups as those of one."""
    return tuple(_JOINS[join](mine, theirs) for join, mine, theirs in zip(joins, one, other, strict=True))


def figure_of(shape: Shape, parts: Parts, digits: int) -> PivotFigure:
    """The figure that parts make, in a site whose currency has these digits. Its value is None where goods of several units
    or amounts of several currencies would have to be added, or where nothing divides."""
    if shape is Shape.COUNT:
        return PivotFigure(Decimal(parts[0]))
    if shape is Shape.MONEY:
        return PivotFigure(from_minor(parts[0], digits))
    *numbers, first, last = parts
    if first != last or first is None:
        return _NONE
    return PivotFigure(_amount(shape, numbers, first, digits), first)


def _amount(shape: Shape, numbers: Sequence[int], unit: str, digits: int) -> Decimal | None:
    """The value of parts that are all of one unit or currency; None where nothing divides."""
    if shape is Shape.MONEY_IN:
        return from_minor(numbers[0], digits_of(unit))
    if len(numbers) == 1:
        return from_micro(numbers[0])
    above, below = numbers
    if not below:
        return None
    if shape is Shape.MEAN:
        return from_micro(round_half_up(above, below))
    return from_micro(round_half_up(above * MICRO * MICRO, below * 10**digits))


@dataclass
class Grid:
    """Groups put into rows and columns, each cell, subtotal (by the first keys of a row) and total as joined parts."""

    joins: tuple[Join, ...]
    cells: dict[tuple[Keys, Keys], Parts] = field(default_factory=dict)
    rows: dict[Keys, Parts] = field(default_factory=dict)
    columns: dict[Keys, Parts] = field(default_factory=dict)
    groups: dict[Keys, Parts] = field(default_factory=dict)
    group_cells: dict[tuple[Keys, Keys], Parts] = field(default_factory=dict)
    total: Parts | None = None

    def add(self, row: Keys, column: Keys, parts: Parts) -> None:
        """Put one group of the database where it belongs."""
        self._join(self.cells, (row, column), parts)
        self._join(self.rows, row, parts)
        self._join(self.columns, column, parts)
        for depth in range(1, len(row)):
            self._join(self.groups, row[:depth], parts)
            self._join(self.group_cells, (row[:depth], column), parts)
        self.total = parts if self.total is None else joined(self.joins, self.total, parts)

    def parts_of(self, row: Keys, column: Keys = ()) -> Parts | None:
        """The parts of a row or of a group of rows (its first keys): in a column, without one of all columns."""
        if not column:
            return self.rows.get(row) or self.groups.get(row)
        return self.cells.get((row, column)) or self.group_cells.get((row, column))

    def _join(self, into: dict[Any, Parts], key: object, parts: Parts) -> None:
        known = into.get(key)
        into[key] = parts if known is None else joined(self.joins, known, parts)


def grid_of(joins: tuple[Join, ...], groups: Iterable[tuple[Keys, Keys, Parts]]) -> Grid:
    """The grid of groups given as (row, column, parts); a row and column may come in several groups."""
    grid = Grid(joins)
    for row, column, parts in groups:
        grid.add(row, column, parts)
    return grid
