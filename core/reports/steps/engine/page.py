"""A report as a page: rows, groups with subtotals, totals, chart, and what each row opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.documents import notation_of
from core.i18n import Text
from core.reports.rules.sums import Sums, whole_of
from core.reports.steps.engine.chart import Points, chart_of, points_of
from core.reports.steps.engine.definition import Definition, making_of
from core.reports.steps.engine.sources import Row, Source
from core.reports.types import (
    Adding,
    Asked,
    Cell,
    Drill,
    DrillKind,
    DrillSpec,
    GroupRow,
    ReportColumn,
    ReportEntry,
    ReportPage,
    ReportRows,
    Sort,
)
from core.uow import UnitOfWork
from core.words import word

_SHOWN = frozenset({str, int, Decimal, type(None), date, datetime, Text})
"""The kinds of values that are cells as they are."""


def make_page(uow: UnitOfWork, definition: Definition, asked: Asked, limit: int, offset: int) -> ReportPage:
    """A page of a report. Raises InvalidInput, NotFound, NotAllowed."""
    entry = definition.entry_for(uow)
    making = making_of(uow, entry, asked, asked.language or uow.site.language)
    source = definition.source(making, entry)
    columns = shown_columns(entry, asked)
    points, groups = points_of(source, entry), _groups(source, entry, asked)
    rows = list(source.rows(order_of(asked), limit, offset))
    whole = whole_in(source, points, groups if asked.group != "item" else [])
    places = {_key(key): at for at, (key, _sums) in enumerate(groups)}
    return ReportPage(
        entry=entry,
        columns=columns,
        rows=tuple(cells_of(row, columns) for row in rows),
        drills=tuple(drill_of(row, entry.drill) for row in rows),
        groups=group_rows(groups, entry, columns),
        groups_of=tuple(places[_key(row.get(asked.group))] for row in rows) if asked.group else (),
        totals=totals_of(whole, entry, columns),
        count=whole.count,
        chart=chart_of(points, entry, making.language),
        span=making.span,
        notation=notation_of(uow),
        keys=keys_of(rows, entry),
    )


def make_rows(uow: UnitOfWork, definition: Definition, asked: Asked, limit: int, offset: int) -> ReportRows:
    """Some rows of a report, without adding anything up. Raises InvalidInput, NotFound, NotAllowed."""
    entry = definition.entry_for(uow)
    making = making_of(uow, entry, asked, asked.language or uow.site.language)
    columns = shown_columns(entry, asked)
    rows = list(definition.source(making, entry).rows(order_of(asked), limit, offset))
    drills = tuple(drill_of(row, entry.drill) for row in rows)
    return ReportRows(tuple(cells_of(row, columns) for row in rows), drills, keys_of(rows, entry))


def whole_in(source: Source, points: Points, groups: list[tuple[Any, Sums]]) -> Sums:
    """All rows added up: from what was added up by groups or for the chart already, else from the rows."""
    if points or groups:
        return whole_of(sums for _key, sums in (points or groups))
    return source.sums(())[0][1]


def shown_columns(entry: ReportEntry, asked: Asked) -> tuple[ReportColumn, ...]:
    """The columns asked for, in that order; else the usual ones."""
    if asked.columns:
        by_key = {column.key: column for column in entry.columns}
        return tuple(by_key[key] for key in asked.columns)
    return tuple(column for column in entry.columns if column.is_usual)


def order_of(asked: Asked) -> tuple[Sort, ...]:
    """Groups stand together; within them as asked."""
    if not asked.group:
        return asked.sort
    own = next((sort for sort in asked.sort if sort.key == asked.group), Sort(asked.group))
    return (own, *(sort for sort in asked.sort if sort.key != asked.group))


def cells_of(row: Row, columns: Sequence[ReportColumn]) -> tuple[Cell, ...]:
    """The row's cells; stored words as people read them."""
    values = [row.get(column.key) for column in columns]
    return tuple([value if type(value) in _SHOWN else shown(value) for value in values])


def shown(value: Any) -> Cell:
    """A value as a cell."""
    if isinstance(value, StrEnum):
        return word(value)
    if isinstance(value, bool):
        return int(value)
    cell: Cell = value
    return cell


def totals_of(sums: Sums, entry: ReportEntry, columns: Sequence[ReportColumn]) -> tuple[Cell, ...]:
    """What stands under the columns; nothing when no column adds up."""
    return totals_in(entry, columns)(sums)


def totals_in(entry: ReportEntry, columns: Sequence[ReportColumn]) -> Callable[[Sums], tuple[Cell, ...]]:
    """What makes the cells under the columns, for many groups."""
    added = [(at, column) for at, column in enumerate(columns) if column.adding is not Adding.NONE]
    is_reckoned = any(column.adding is Adding.FORMULA for _at, column in added)

    def make(sums: Sums) -> tuple[Cell, ...]:
        values = sums.values(entry.columns) if is_reckoned else {}
        cells: list[Cell] = [None] * len(columns)
        for at, column in added:
            cells[at] = shown(values.get(column.key) if is_reckoned else sums.value(column))
        return tuple(cells) if any(cell is not None for cell in cells) else ()

    return make


def drill_of(row: Row, spec: DrillSpec | None) -> Drill | None:
    """What the row opens; None where it has no record."""
    if spec is None:
        return None
    if spec.kind is DrillKind.REPORT:
        values = [(name, row.get(key)) for name, key in spec.filters]
        if any(value is None for _name, value in values):
            return None
        return Drill(spec.kind, report=spec.report, filters=tuple((name, (_plain(value),)) for name, value in values))
    return Drill(spec.kind, int(row[spec.key])) if row.get(spec.key) else None


def keys_of(rows: Sequence[Row], entry: ReportEntry) -> tuple[Row, ...]:
    """What finds the entries behind the figures of each row; nothing where the report has none."""
    fields = sorted({name for one in entry.behind for name in one.fields})
    return tuple({name: row[name] for name in fields if name in row} for row in rows) if fields else ()


def _plain(value: Any) -> str | int | Decimal:
    plain: str | int | Decimal = value.value if isinstance(value, StrEnum) else value
    return plain


def _groups(source: Source, entry: ReportEntry, asked: Asked) -> list[tuple[Any, Sums]]:
    if not asked.group:
        return []
    found = [(keys[0], sums) for keys, sums in source.sums((asked.group,))]
    own = order_of(asked)[0]
    there = sorted(
        (one for one in found if one[0] is not None), key=lambda one: source.place(one[0]), reverse=own.is_descending
    )
    return [*there, *(one for one in found if one[0] is None)]


def _key(value: Any) -> str:
    return "" if value is None else str(value)


def group_rows(
    groups: Sequence[tuple[Any, Sums]], entry: ReportEntry, columns: Sequence[ReportColumn]
) -> tuple[GroupRow, ...]:
    """The groups with their subtotals."""
    totals = totals_in(entry, columns)
    return tuple([GroupRow(shown(key), sums.count, totals(sums)) for key, sums in groups])
