"""A pivot as a chart: what follows in time runs along the foot as lines, the rest stands as bars; a few series, never all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text, _
from core.reports import ChartKind, MeasureKind, Pivot, PivotHead
from desktop.reports.chart import MOST_SERIES, ChartContent, ChartLine
from desktop.reports.pivot.layout import TIMES
from desktop.reports.pivot.lines import Figures, figure_words, words_of

MOST_LABELS = 40
MOST_TIMES = 400


@dataclass(frozen=True)
class Series:
    """Names and values of what may be drawn: one line for each name down, one value for each name across."""

    down: tuple[str, ...]
    across: tuple[str, ...]
    values: tuple[tuple[Decimal | None, ...], ...]


def chart_of(pivot: Pivot) -> tuple[ChartContent | None, Text | str]:
    """What is drawn of a pivot, and a sentence about what is left out; None where nothing can be drawn."""
    if not pivot.total or not (pivot.row_fields or pivot.column_fields):
        return None, ""
    measure = pivot.measures[0]
    found, is_time = _arranged(pivot)
    if not any(value is not None for line in found.values for value in line):
        return None, ""
    most = MOST_TIMES if is_time else MOST_LABELS
    lines = tuple(ChartLine(found.down[at], found.values[at][:most]) for at in _largest(found))
    kind = (
        ChartKind.LINE if is_time else ChartKind.STACKED if len(lines) > 1 and _adds_up(measure.kind) else ChartKind.BAR
    )
    note = _cut_words(found, most)

    def shown(value: Decimal) -> str:
        return figure_words(measure.kind, value)

    return ChartContent(kind, found.across[:most], lines, shown, measure.title), note


def _adds_up(kind: MeasureKind | None) -> bool:
    return kind in (MeasureKind.MONEY, MeasureKind.NUMBER)


def _largest(found: Series) -> list[int]:
    """The places of the series that weigh most, in their own order."""
    weights = [sum((abs(value) for value in line if value is not None), Decimal(0)) for line in found.values]
    return sorted(sorted(range(len(weights)), key=lambda at: -weights[at])[:MOST_SERIES])


def _cut_words(found: Series, most: int) -> Text | str:
    if len(found.down) > MOST_SERIES:
        return _("The chart shows the {n} largest of {total}.", n=MOST_SERIES, total=len(found.down))
    if len(found.across) > most:
        return _("The chart shows the first {n} of {total}.", n=most, total=len(found.across))
    return ""


def _arranged(pivot: Pivot) -> tuple[Series, bool]:
    """What stands down as labels and what stands across as series, turned about when only what stands across is time."""
    heads = [" / ".join(words_of(title) for title in column.titles) for column in pivot.columns]
    outer = [(group.title, group.cells, group.total) for group in pivot.groups if len(group.keys) == 1]
    outer += [(row.titles[0], cells, total) for row, cells, total in _alone(pivot)]
    names = tuple(words_of(title) for title, _cells, _total in outer)
    is_time = bool(pivot.row_fields) and pivot.row_fields[0].key in TIMES
    if not pivot.column_fields:
        totals = tuple(_value(total) for _title, _cells, total in outer)
        return Series((words_of(pivot.measures[0].title),), names, (totals,)), is_time
    table = tuple(tuple(_value(cell) for cell in cells) for _title, cells, _total in outer)
    is_time_across = len(pivot.column_fields) == 1 and pivot.column_fields[0].key in TIMES
    if not pivot.row_fields or (is_time_across and not is_time):
        rows = table or (tuple(_value(total) for total in pivot.column_totals),)
        return Series(names or (words_of(pivot.measures[0].title),), tuple(heads), rows), is_time_across
    across = tuple(tuple(row[at] for row in table) for at in range(len(heads)))
    return Series(tuple(heads), names, across), is_time


def _alone(pivot: Pivot) -> Iterator[tuple[PivotHead, tuple[Figures | None, ...], Figures]]:
    several = len(pivot.row_fields) > 1
    for at, row in enumerate(pivot.rows):
        if row.titles and (row.is_rest or not several):
            yield row, pivot.cells[at], pivot.row_totals[at]


def _value(figures: Figures | None) -> Decimal | None:
    return figures[0].value if figures else None
