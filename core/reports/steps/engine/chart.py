"""The points of a report's chart, reckoned over all its rows."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.i18n import Text, _
from core.reports.rules.sums import Sums
from core.reports.steps.engine.sources import Keys, Source
from core.reports.types import Cell, ChartData, ChartKind, ChartSeries, ChartSpec, ReportColumn, ReportEntry
from core.words import word

OTHERS = _("All others")
_LATEST = 400
_MOST_SERIES = 6


Points = list[tuple[Keys, Sums]]


def points_of(source: Source, entry: ReportEntry) -> Points:
    """The rows added up by what the chart shows; nothing where there is no chart."""
    spec = entry.chart
    if spec is None:
        return []
    return source.sums((spec.x, spec.series) if spec.series else (spec.x,))


def chart_of(found: Points, entry: ReportEntry, language: str) -> ChartData | None:
    """The chart of a report, or None when it has none or there is nothing to draw."""
    spec = entry.chart
    if spec is None or not found:
        return None
    points = [(keys, sums.values(entry.columns)) for keys, sums in found]
    columns = {column.key: column for column in entry.columns}
    labels, rest = _labels(points, spec, language)
    lines = _by_series(points, spec) if spec.series else _by_figure(points, spec, columns)
    series = tuple(ChartSeries(title, _line(values, labels, rest)) for title, values in lines)
    shown = (*map(_label, labels), *((OTHERS,) if rest else ()))
    return ChartData(spec.kind, columns[spec.x].title, columns[spec.y[0]].kind, shown, series)


def _labels(points: list[tuple[Keys, dict[str, Any]]], spec: ChartSpec, language: str) -> tuple[list[Any], list[Any]]:
    """The labels drawn, and those taken together."""
    size: dict[Any, Decimal] = {}
    for keys, values in points:
        size[keys[0]] = size.get(keys[0], Decimal(0)) + abs(Decimal(values.get(spec.y[0]) or 0))
    if spec.kind is ChartKind.LINE and any(isinstance(one, Text) for one in size):
        return list(size), []  # words such as weekdays stand in the order of the rows
    if spec.kind is ChartKind.LINE:
        return sorted(size, key=lambda one: (one is not None, _sortable(one, language)))[-_LATEST:], []
    ordered = sorted(size, key=lambda one: (-size[one], _sortable(one, language)))
    # Bars compare what is drawn; only shares need the rest to make the whole.
    return ordered[: spec.most], ordered[spec.most :] if spec.kind is ChartKind.SHARE else []


def _sortable(value: Any, language: str) -> str:
    shown = _label(value)
    return shown.render(language) if isinstance(shown, Text) else str(shown)


def _by_figure(
    points: list[tuple[Keys, dict[str, Any]]], spec: ChartSpec, columns: dict[str, ReportColumn]
) -> list[tuple[Text | str, dict[Any, Any]]]:
    return [(columns[key].title, {keys[0]: values.get(key) for keys, values in points}) for key in spec.y]


def _by_series(points: list[tuple[Keys, dict[str, Any]]], spec: ChartSpec) -> list[tuple[Text | str, dict[Any, Any]]]:
    lines: dict[Any, dict[Any, Any]] = {}
    for keys, values in points:
        lines.setdefault(keys[1], {})[keys[0]] = values.get(spec.y[0])
    largest = sorted(lines, key=lambda one: -sum(abs(value or 0) for value in lines[one].values()))
    drawn: list[tuple[Text | str, dict[Any, Any]]] = [(_title(key), lines[key]) for key in largest[:_MOST_SERIES]]
    others: dict[Any, Any] = {}
    for key in largest[_MOST_SERIES:]:
        for label, value in lines[key].items():
            others[label] = others.get(label, 0) + (value or 0)
    return [*drawn, (OTHERS, others)] if others else drawn


def _line(values: dict[Any, Any], labels: list[Any], rest: list[Any]) -> tuple[Decimal | None, ...]:
    found: list[Decimal | None] = [None if values.get(label) is None else Decimal(values[label]) for label in labels]
    if rest:
        found.append(sum((Decimal(values.get(label) or 0) for label in rest), Decimal(0)))
    return tuple(found)


def _label(value: Any) -> Cell:
    if isinstance(value, StrEnum):
        return word(value)
    return "" if value is None else value


def _title(value: Any) -> Text | str:
    shown = _label(value)
    return shown if isinstance(shown, Text) else str(shown)
