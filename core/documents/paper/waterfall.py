"""A bridge from one figure to another as vectors: a column for the start, one floating for each step, one for the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from core.documents.paper.flow import Piece
from core.documents.paper.page import BAR, GREY, MM, RULE, SHADE, WARNING, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.table import heading
from core.documents.paper.text import Style, clean, fit, width_of, wrap
from core.documents.paper.voice import Voice
from core.documents.types import Bar, Waterfall

_PLOT = 48 * MM
_ABOVE = 7 * MM  # room over the plot for the figure of the tallest column
_GAP = 0.34  # of a column's place
_DOWN = (0.36, 0.58, 0.42)
_SMALLEST = 0.7 * MM
_MOST_LINES = 3
_BREAK_AT, _BREAK = 4 * MM, 1.2 * MM  # where a column that does not start at zero is cut


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: from and to on the scale, its words and figure. `is_total`: stands on the zero line."""

    bar: Bar
    low: Decimal
    high: Decimal
    level: Decimal
    is_total: bool


def lay_waterfall(chart: Waterfall, page: Page, voice: Voice) -> list[Piece]:
    """The chart in one piece: it is read as one."""
    title = [heading(voice.line(chart.title), page)] if chart.title is not None else []
    return [*title, _drawing(columns_of(chart), chart, page, voice)]


def columns_of(chart: Waterfall) -> list[_Column]:
    """Where each column starts and ends: each step goes on where the one before stopped."""
    levels = list(accumulate((step.value for step in chart.steps), initial=chart.start.value))
    zero = Decimal(0)
    found = [_Column(chart.start, min(zero, levels[0]), max(zero, levels[0]), levels[0], True)]
    for step, before, after in zip(chart.steps, levels, levels[1:], strict=False):
        found.append(_Column(step, min(before, after), max(before, after), after, False))
    end = chart.end.value
    return [*found, _Column(chart.end, min(zero, end), max(zero, end), end, True)]


def _drawing(columns: Sequence[_Column], chart: Waterfall, page: Page, voice: Voice) -> Piece:
    place = page.inner / len(columns)
    style, small = page.style(8), page.style(7.5, colour=GREY)
    words = [wrap(voice.line(column.bar.label), small, place - 1.5 * MM)[:_MOST_LINES] for column in columns]
    figures = [
        _fitted(_sign(column) + clean(voice.figure(column.bar.value, chart.kind)), style, place - 0.5 * MM)
        for column in columns
    ]
    below = max(len(lines) for lines in words) * small.leading + 2.5 * MM
    lowest, unit = _scale(columns)

    def draw(pen: Pen, y: float) -> None:
        base = y + _ABOVE + _PLOT
        zero = base - float(Decimal(0) - lowest) * unit
        pen.fill(Box(page.margin, y + _ABOVE, page.inner, _PLOT), SHADE)
        for index, column in enumerate(columns):
            left = page.margin + index * place
            foot = max(column.low, lowest)
            top = base - float(column.high - lowest) * unit
            box = Box(
                left + place * _GAP / 2, top, place * (1 - _GAP), max(_SMALLEST, float(column.high - foot) * unit)
            )
            pen.fill(box, _colour(column))
            if foot > column.low:
                pen.fill(Box(box.x - 1, base - _BREAK_AT, box.width + 2, _BREAK), SHADE)
            if index + 1 < len(columns):
                level = base - float(column.level - lowest) * unit
                pen.rule((left + place * (1 - _GAP / 2), level), place * _GAP, 0.6, GREY)
            figure, figure_style = figures[index]
            pen.text((left + place / 2, top - figure_style.leading - 0.4 * MM), figure, figure_style, "centre")
            for row, line in enumerate(words[index]):
                pen.text((left + place / 2, base + 1.5 * MM + row * small.leading), line, small, "centre")
        pen.rule((page.margin, min(zero, base)), page.inner, 0.6, RULE if zero < base - 1 else GREY)

    return Piece(_ABOVE + _PLOT + below, draw)


def _sign(column: _Column) -> str:
    """A step says which way it goes; a minus sign is part of the figure already."""
    return "+" if column.bar.value > 0 and not column.is_total else ""


def _scale(columns: Sequence[_Column]) -> tuple[Decimal, float]:
    """The lowest figure shown, and how many points one unit is.

    Where the steps are small against both ends the scale does not start at zero but a little under the lowest step, so
    that they can be seen; the two ends are then cut through near their foot.
    """
    low = min(column.low for column in columns)
    high = max(column.high for column in columns)
    steps = [column for column in columns if not column.is_total]
    ends = [column.level for column in columns if column.is_total]
    if low >= 0 and steps:
        least = min(*(column.low for column in steps), *ends)
        span = high - least
        if high > 0 and span * 3 < high:
            low = max(Decimal(0), least - span)
    span = high - low
    return low, _PLOT / float(span) if span > 0 else 0.0


def _colour(column: _Column) -> tuple[float, float, float]:
    if column.is_total:
        return BAR
    return WARNING if column.bar.value > 0 else _DOWN


def _fitted(figure: str, style: Style, room: float) -> tuple[str, Style]:
    """The figure as small as it must be to stand over its column."""
    return (figure, style) if width_of(figure, style) <= room else fit(figure, style, room)
