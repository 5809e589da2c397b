"""Horizontal bars as vectors: label, bar, value. Enough for a month's shares and differences; prints well in grey."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.documents.paper.flow import Piece
from core.documents.paper.page import BAR, GREY, MM, RULE, WARNING, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.table import heading
from core.documents.paper.text import clean, fit, width_of, wrap
from core.documents.paper.voice import Voice
from core.documents.types import Bar, Chart
from core.i18n import _

_LABEL = 0.32  # of the width
_BAR_HEIGHT = 3.4 * MM
_PAD = 0.7 * MM


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where the zero line stands and how many points one unit is, both for the plot between label and figures."""

    left: float
    zero: float
    unit: float
    figures: float


def lay_chart(chart: Chart, page: Page, voice: Voice) -> list[Piece]:
    """The chart as pieces, one a bar, so that a long one goes on over the page."""
    title = [heading(voice.line(chart.title), page)] if chart.title is not None else []
    if not chart.bars:
        return [*title, _nothing(page, voice)]
    scale = _scale(chart, page, voice)
    return [*title, *(_bar(bar, chart, scale, (page, voice)) for bar in chart.bars)]


def _figure(bar: Bar, chart: Chart, voice: Voice) -> str:
    return clean(voice.figure(bar.value, chart.kind))


def _scale(chart: Chart, page: Page, voice: Voice) -> _Scale:
    figures = max(width_of(_figure(bar, chart, voice), page.style()) for bar in chart.bars) + 3 * MM
    left = page.margin + page.inner * _LABEL
    plot = max(10 * MM, page.inner * (1 - _LABEL) - figures)
    lowest = min(Decimal(0), *(bar.value for bar in chart.bars))
    highest = max(Decimal(0), *(bar.value for bar in chart.bars))
    span = float(highest - lowest)
    unit = plot / span if span > 0 else 0.0
    return _Scale(left, left + float(-lowest) * unit, unit, figures)


def _bar(bar: Bar, chart: Chart, scale: _Scale, setting: tuple[Page, Voice]) -> Piece:
    page, voice = setting
    style, small = page.style(), page.style(7.5, colour=GREY)
    room = page.inner * _LABEL - 3 * MM
    lines = wrap(voice.line(bar.label), style, room)
    lines = lines if len(lines) <= 2 else [lines[0], fit(" ".join(lines[1:]), style, room)[0]]
    note, note_style = fit(voice.line(bar.note), small, room)
    height = max(len(lines) * style.leading + (small.leading if note else 0), _BAR_HEIGHT) + 2 * _PAD
    length = abs(float(bar.value)) * scale.unit
    figure = _figure(bar, chart, voice)
    is_negative = bar.value < 0

    def draw(pen: Pen, y: float) -> None:
        used = pen.lines((page.margin, y + _PAD), lines, style)
        pen.text((page.margin, y + _PAD + used), note, note_style)
        middle = y + height / 2
        start = scale.zero - length if is_negative else scale.zero
        pen.fill(Box(start, middle - _BAR_HEIGHT / 2, length, _BAR_HEIGHT), WARNING if is_negative else BAR)
        pen.fill(Box(scale.zero - 0.2, y, 0.4, height), RULE)
        colour = page.style(9, colour=WARNING) if is_negative else style
        pen.text((page.margin + page.inner, middle - style.leading / 2), figure, colour, "right")

    return Piece(height, draw)


def _nothing(page: Page, voice: Voice) -> Piece:
    style = page.style(9, colour=GREY)
    words = clean(voice.line(_("Nothing to show.")))
    return Piece(style.leading, lambda pen, y: pen.text((page.margin, y), words, style))
