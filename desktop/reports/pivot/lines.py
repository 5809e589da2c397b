"""A pivot as lines and columns of the grid: groups with their subtotals, the rows below them, the total of everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from core.i18n import Name, Text, _
from core.reports import MeasureKind, Pivot, PivotFigure, PivotGroup, PivotHead
from desktop.widgets import language, money_words, number_words

Keys: TypeAlias = tuple[str | int, ...]
Figures: TypeAlias = tuple[PivotFigure, ...]
TOTAL = _("Total")
MIXED = "\N{NOT EQUAL TO}"
"""Stands where goods of several units, or several currencies, have no common sum."""


@dataclass(frozen=True)
class GridLine:
    """One line. `keys` are those of its row, or the first of them for a group; the total of everything has none."""

    title: Text | Name
    keys: Keys
    depth: int
    cells: tuple[Figures | None, ...]
    total: Figures
    is_group: bool = False
    is_total: bool = False
    is_rest: bool = False
    is_shut: bool = False
    above: Text | Name | None = None

    def words(self) -> str:
        """Its name; a path below that of its group without the group's part."""
        said = words_of(self.title)
        return said if self.above is None else said.removeprefix(f"{words_of(self.above)}/")


@dataclass(frozen=True)
class GridColumn:
    """One column: the place of its head in the pivot (-1: the total of all columns) and of its measure."""

    head: int
    measure: int

    @property
    def is_total(self) -> bool:
        """Whether it adds up all columns."""
        return self.head < 0


def words_of(title: Text | Name) -> str:
    """A name in the language on screen."""
    return title.render(language())


def columns_of(pivot: Pivot) -> list[GridColumn]:
    """Each figure of each head, the totals last; without a field across only the totals."""
    measures = range(len(pivot.measures))
    heads = range(len(pivot.columns)) if pivot.column_fields else ()
    return [GridColumn(head, measure) for head in (*heads, -1) for measure in measures]


def lines_of(pivot: Pivot, shut: Iterable[Keys] = ()) -> list[GridLine]:
    """The lines that are seen while these groups are shut."""
    if not pivot.total:
        return []
    is_shut = frozenset(shut)
    groups: dict[int, list[PivotGroup]] = {}
    for group in pivot.groups:
        groups.setdefault(group.first, []).append(group)
    lines: list[GridLine] = []
    for at, row in enumerate(pivot.rows if pivot.row_fields else ()):
        for group in groups.get(at, ()):
            if not _is_under(group.keys, is_shut):
                lines.append(_group_line(group, row, is_shut=group.keys in is_shut))
        if not _is_under(row.keys, is_shut):
            lines.append(_row_line(pivot, row, at))
    total = GridLine(TOTAL, (), 0, pivot.column_totals, pivot.total, is_total=True)
    return [total, *lines]


def _is_under(keys: Keys, shut: frozenset[Keys]) -> bool:
    return bool(shut) and any(keys[:depth] in shut for depth in range(1, len(keys)))


def _group_line(group: PivotGroup, row: PivotHead, *, is_shut: bool) -> GridLine:
    depth = len(group.keys) - 1
    above = row.titles[depth - 1] if depth else None
    return GridLine(
        group.title, group.keys, depth, group.cells, group.total, is_group=True, is_shut=is_shut, above=above
    )


def _row_line(pivot: Pivot, row: PivotHead, at: int) -> GridLine:
    cells, total = pivot.cells[at], pivot.row_totals[at]
    if row.is_rest:
        return GridLine(row.titles[0], (), 0, cells, total, is_rest=True)
    above = row.titles[-2] if len(row.titles) > 1 else None
    return GridLine(row.titles[-1], row.keys, len(row.keys) - 1, cells, total, above=above)


def figure_at(line: GridLine, column: GridColumn) -> PivotFigure | None:
    """What stands in a cell; None where there is nothing."""
    figures = line.total if column.is_total else line.cells[column.head]
    return figures[column.measure] if figures else None


def figure_words(kind: MeasureKind | None, value: Decimal) -> str:
    """A figure in words; money with its decimals."""
    return money_words(value) if kind in (MeasureKind.MONEY, MeasureKind.COST) else number_words(value)


def cell_words(kind: MeasureKind | None, figure: PivotFigure | None) -> str:
    """What is written in a cell: zero is a dash, nothing is nothing."""
    if figure is None:
        return ""
    if figure.value is None:
        return MIXED
    return "\N{EN DASH}" if figure.value == 0 else figure_words(kind, figure.value)
