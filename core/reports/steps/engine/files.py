"""A report as a list for files: rows come one by one from the database while they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from core.documents import Bar, Chart, Column, Kind, Line, PaperTable, Sheet, notation_of
from core.i18n import Name, Text, _
from core.reports.rules.sums import Sums
from core.reports.steps.engine.chart import chart_of, points_of
from core.reports.steps.engine.definition import Definition, making_of
from core.reports.steps.engine.facts import facts_of
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.page import cells_of, order_of, shown, shown_columns, totals_of, whole_in
from core.reports.steps.engine.sources import Again, Source
from core.reports.types import Asked, Cell, ChartData, ReportColumn, ReportEntry
from core.reports.types.report import Report
from core.uow import UnitOfWork

MOST_ON_PAPER = 20_000
"""Some five hundred pages, laid out in ten seconds and a hundred megabytes; nobody reads more on paper."""
ROWS_ONLY = ("csv", "json")
"""Forms without totals, so that nothing is added up for them."""
NARROW = 9


@dataclass(frozen=True)
class _Made:
    making: Making
    entry: ReportEntry
    columns: tuple[ReportColumn, ...]
    source: Source


def make_report(uow: UnitOfWork, definition: Definition, asked: Asked, form: str) -> Report:
    """A report for one of the forms; rows are read while they are written. A file for programs has names as they are kept
    and stored words, whatever the language. Raises InvalidInput, NotFound."""
    entry = definition.entry_for(uow)
    language = "zh" if form == "json" else asked.language or uow.site.language
    making = making_of(uow, entry, asked, language)
    source = definition.source(making, entry)
    made = _Made(making, entry, _columns(entry, asked), source)
    points = points_of(source, entry) if form == "pdf" else []
    whole = Sums() if form in ROWS_ONLY else whole_in(source, points, [])
    keys, order = tuple(column.key for column in made.columns), order_of(asked)
    sheet = Sheet(
        entry.title,
        tuple(Column(column.key, column.title, cast("Kind", column.kind), dash=False) for column in made.columns),
        source.listed(order, keys, shown),
        facts_of(making, entry, with_definitions=form == "xlsx"),
        () if form in ROWS_ONLY else _totals(whole, made),
        notation_of(uow),
    )
    plain = plain_rows(keys, source.listed(order, keys, plain_value))
    chart = _chart(chart_of(points, entry, language)) if form == "pdf" else None
    table = _table(made, whole) if form == "pdf" else None
    return Report(entry, sheet, plain, len(made.columns) > NARROW,
                  chart=chart, table=table, remarks=remark_of(whole.count) if form == "pdf" else "")  # fmt: skip


def plain_rows(keys: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterable[Mapping[str, object]]:
    """Rows for programs: mappings by these keys."""
    return Again(lambda: (dict(zip(keys, row, strict=True)) for row in rows))


def _columns(entry: ReportEntry, asked: Asked) -> tuple[ReportColumn, ...]:
    columns = shown_columns(entry, asked)
    if asked.group and asked.group not in {column.key for column in columns}:
        return (*(column for column in entry.columns if column.key == asked.group), *columns)
    return columns


def _totals(sums: Sums, made: _Made) -> tuple[Cell, ...]:
    """The totals with the word in the first column of words that has none."""
    cells = list(totals_of(sums, made.entry, made.columns))
    for at, column in enumerate(made.columns if cells else ()):
        if cells[at] is None and column.kind == "text":
            cells[at] = _("Total")
            break
    return tuple(cells)


def plain_value(value: Any) -> object:
    """A cell for programs: stored words, names as they are kept, moments in UTC, figures as decimal strings."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Text | Name):
        return value.render("zh")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def _chart(data: ChartData | None) -> Chart | None:
    """The first figure of a chart as bars on paper."""
    if data is None or not data.labels:
        return None
    several = len(data.series) > 1
    values = [
        sum((one or Decimal(0) for one in at), Decimal(0)) for at in zip(*(s.values for s in data.series), strict=True)
    ]
    first = values if several and data.y_kind != "percent" else [one or Decimal(0) for one in data.series[0].values]
    bars = tuple(
        Bar(label if isinstance(label, Text | str) else str(label), value)
        for label, value in list(zip(data.labels, first, strict=True))[-31:]
    )
    return Chart(None, bars, cast("Kind", data.y_kind))


def _table(made: _Made, whole: Sums) -> PaperTable:
    """The list on paper, with its groups as headings; only its beginning when it is very long."""
    group = made.making.asked.group
    shown_on = replace(made, columns=tuple(one for one in made.columns if one.key != group))
    columns = tuple(Column(one.key, one.title, cast("Kind", one.kind), dash=False) for one in shown_on.columns)
    lines: list[Line] = []
    sums = {keys[0]: one for keys, one in made.source.sums((group,))} if group else {}
    last: Any = object()
    for row in made.source.rows(order_of(made.making.asked), MOST_ON_PAPER):
        if group and row.get(group) != last:
            lines += _subtotal(sums.get(last), shown_on)
            last = row.get(group)
            lines.append(Line((shown(last) or "–",), "group"))
        lines.append(Line(cells_of(row, shown_on.columns)))
    lines += _subtotal(sums.get(last), shown_on) if group else []
    totals = _totals(whole, shown_on)
    return PaperTable(columns, (*lines, *((Line(totals, "subtotal"),) if totals and lines else ())))


def _subtotal(sums: Sums | None, made: _Made) -> list[Line]:
    cells = totals_of(sums, made.entry, made.columns) if sums is not None else ()
    return [Line(cells, "subtotal")] if cells else []


def remark_of(report_count: int) -> Text | str:
    """What a paper says that does not hold all rows."""
    if report_count <= MOST_ON_PAPER:
        return ""
    return _(
        "The paper shows the first {shown} of {count} rows; the totals are of all. The whole list is in the workbook or CSV.",
        shown=f"{MOST_ON_PAPER:,}", count=f"{report_count:,}",
    )  # fmt: skip
