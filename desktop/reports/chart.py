"""A chart of a report or pivot: lines, bars, bars on top of one another. Drawn by pyqtgraph in the theme's colours from
floats, read from the exact figures: the mouse or the arrow keys say the value of a point.

pyqtgraph is imported when the first chart is drawn, so that starting the program does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from core.reports import ChartKind
from desktop.theme import text_font, text_px, theme, themes
from desktop.theme.tokens import SMALL_PX
from desktop.widgets.figures import number_words
from desktop.widgets.language import Spoken, Words, ui_text

Shown = Callable[[Decimal], str]
BAR_ROOM = 0.72
LEAST_LABEL = 46
MOST_SERIES = 7


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line, or the bars of one colour: a value for every label, None where there is none."""

    title: Words
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ChartContent:
    """What is drawn: labels along the foot, one or more series, how a figure is written."""

    kind: ChartKind
    labels: tuple[Words, ...]
    lines: tuple[ChartLine, ...]
    shown: Shown = number_words
    name: Words = ""


def series_colours() -> list[str]:
    """Colours of series: tints of the accent and greys, so that none of them says good or bad."""
    t = theme()
    accent, ground, ink = QColor(t.accent), QColor(t.surface), QColor(t.muted)
    return [
        accent.name(), _mixed(ink, ground, 0.15).name(), _mixed(accent, ground, 0.5).name(),
        _mixed(accent, QColor(t.text), 0.55).name(), _mixed(ink, ground, 0.55).name(),
        _mixed(accent, ground, 0.75).name(), t.faint,
    ]  # fmt: skip


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a * (1 - share) + b * share) for a, b in pairs))


class SeriesChart(QWidget, Spoken):
    """Shows a `ChartContent`. Left and right go from label to label and say what stands there."""

    def __init__(self, name: Words = "") -> None:
        super().__init__()
        self._name = name
        self._content: ChartContent | None = None
        self._plot: Any = None
        self._current = -1
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._legend = Legend()
        self._column.addWidget(self._legend)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)
        themes.changed.connect(self._draw)

    def set_content(self, content: ChartContent | None) -> None:
        """Draw this; None takes the chart away."""
        self._content, self._current = content, -1
        self.setVisible(content is not None and bool(content.labels))
        self._draw()
        self.retranslate()

    def reading(self, at: int) -> str:
        """What stands at a label, in words."""
        content = self._content
        if content is None or not 0 <= at < len(content.labels):
            return ""
        several = len(content.lines) > 1
        parts = [
            (f"{ui_text(line.title)}: " if several else "") + content.shown(value)
            for line in content.lines
            if (value := line.values[at]) is not None
        ]
        return "\n".join([ui_text(content.labels[at]), *parts])

    def retranslate(self) -> None:
        content = self._content
        self.setAccessibleName(ui_text(self._name))
        if content is not None:
            readings = [self.reading(at).replace("\n", " ") for at in range(min(len(content.labels), 40))]
            self.setAccessibleDescription("; ".join(readings))
            self._draw()

    # --- drawing

    def _draw(self) -> None:
        content = self._content
        if content is None or not content.labels:
            return
        import pyqtgraph

        if self._plot is None:
            self._plot = pyqtgraph.PlotWidget(self)
            self._plot.setMenuEnabled(False)
            self._plot.setMouseEnabled(False, False)
            self._plot.hideButtons()
            self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._plot.scene().sigMouseMoved.connect(self._on_moved)
            self._column.addWidget(self._plot, 1)
        self._legend.show_series([ui_text(line.title) for line in content.lines])
        self._dress(pyqtgraph, content)
        if content.kind is ChartKind.LINE:
            self._draw_lines(pyqtgraph, content.lines)
        elif content.kind is ChartKind.STACKED:
            self._draw_stacked(pyqtgraph, content)
        else:
            self._draw_bars(pyqtgraph, content)
        self._mark = pyqtgraph.InfiniteLine(angle=90, pen=pyqtgraph.mkPen(theme().edge, width=1))
        self._mark.hide()
        self._plot.addItem(self._mark)
        self._plot.setXRange(-0.6, len(content.labels) - 0.4, padding=0)

    def _dress(self, pyqtgraph: Any, content: ChartContent) -> None:
        t, item = theme(), self._plot.getPlotItem()
        item.clear()
        self._plot.setBackground(t.surface)
        item.showGrid(x=False, y=True, alpha=0.15)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(pyqtgraph.mkPen(t.line))
            axis.setTextPen(pyqtgraph.mkPen(t.muted))
            axis.setTickFont(text_font(SMALL_PX))
        item.getAxis("left").setStyle(maxTickLevel=0)
        item.getAxis("left").enableAutoSIPrefix(False)
        item.getAxis("left").tickStrings = partial(_tick_words, content.shown)
        self._set_labels()

    def _set_labels(self) -> None:
        """As many labels as have room, each cut to it."""
        content = self._content
        if content is None or self._plot is None:
            return
        count = len(content.labels)
        metrics = QFontMetrics(text_font(SMALL_PX))
        room = max(self.width() - 80, 200) / max(count, 1)
        step = (
            1 if content.kind is not ChartKind.LINE else max(1, round(metrics.horizontalAdvance("2026-10-31 ") / room))
        )
        step = max(step, round(LEAST_LABEL / room))
        ticks = [
            (
                at,
                metrics.elidedText(
                    ui_text(words).rpartition("/")[2], Qt.TextElideMode.ElideRight, int(room * step) - 6
                ),
            )
            for at, words in enumerate(content.labels)
            if at % step == 0
        ]
        self._plot.getPlotItem().getAxis("bottom").setTicks([ticks])

    def _draw_lines(self, pyqtgraph: Any, lines: Sequence[ChartLine]) -> None:
        for line, colour in zip(lines, series_colours(), strict=False):
            known = [(at, float(value)) for at, value in enumerate(line.values) if value is not None]
            self._plot.plot(
                [at for at, _value in known], [value for _at, value in known],
                pen=pyqtgraph.mkPen(colour, width=2), name=ui_text(line.title),
                symbol="o" if len(known) <= 31 else None, symbolSize=5, symbolBrush=colour, symbolPen=None,
            )  # fmt: skip

    def _draw_bars(self, pyqtgraph: Any, content: ChartContent) -> None:
        wide = BAR_ROOM / len(content.lines)
        for number, (line, colour) in enumerate(zip(content.lines, series_colours(), strict=False)):
            shift = (number - (len(content.lines) - 1) / 2) * wide
            places = [at + shift for at in range(len(line.values))]
            bars = pyqtgraph.BarGraphItem(
                x=places, height=[float(value or 0) for value in line.values], width=wide * 0.92, brush=colour,
                pen=pyqtgraph.mkPen(None), name=ui_text(line.title),
            )  # fmt: skip
            self._plot.addItem(bars)

    def _draw_stacked(self, pyqtgraph: Any, content: ChartContent) -> None:
        above, below = [0.0] * len(content.labels), [0.0] * len(content.labels)
        for line, colour in zip(content.lines, series_colours(), strict=False):
            values = [float(value or 0) for value in line.values]
            bases = [above[at] if value >= 0 else below[at] for at, value in enumerate(values)]
            for at, value in enumerate(values):
                (above if value >= 0 else below)[at] += value
            bars = pyqtgraph.BarGraphItem(
                x=list(range(len(values))), y0=bases, height=values, width=BAR_ROOM, brush=colour,
                pen=pyqtgraph.mkPen(theme().surface, width=1), name=ui_text(line.title),
            )  # fmt: skip
            self._plot.addItem(bars)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_labels()

    # --- reading

    def _on_moved(self, place: QPointF) -> None:
        content = self._content
        if content is None:
            return
        at = round(self._plot.getPlotItem().vb.mapSceneToView(place).x())
        if 0 <= at < len(content.labels):
            self._point_at(at)
            QToolTip.showText(self._plot.mapToGlobal(self._plot.mapFromScene(place)), self.reading(at), self)

    def _point_at(self, at: int) -> None:
        self._current = at
        self._mark.setValue(at)
        self._mark.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        content = self._content
        if not step or content is None or self._plot is None:
            super().keyPressEvent(event)
            return
        self._point_at(min(max(self._current + step, 0), len(content.labels) - 1))
        QToolTip.showText(self.mapToGlobal(self.rect().center()), self.reading(self._current), self)


def _tick_words(shown: Shown, values: Sequence[float], scale: float, _spacing: float) -> list[str]:
    """Figures along the side, without the decimals that all of them would have."""
    words = [shown(Decimal(f"{value * scale:.10g}")) for value in values]
    return [word.removesuffix(".00") for word in words] if all(word.endswith(".00") for word in words) else words


class Legend(QWidget):
    """What each colour stands for, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: list[str] = []

    def show_series(self, titles: Sequence[str]) -> None:
        """Say these, in the order of the colours."""
        self._titles = [title for title in titles if title][:MOST_SERIES]
        self.setFixedHeight(text_px(22) if self._titles else 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().surface))
        painter.setFont(text_font(SMALL_PX))
        metrics, left, middle = painter.fontMetrics(), 16, self.height() // 2
        room = max((self.width() - 32) // max(len(self._titles), 1) - 28, 40)
        for title, colour in zip(self._titles, series_colours(), strict=False):
            painter.fillRect(left, middle - 5, 10, 10, QColor(colour))
            words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
            painter.setPen(QColor(theme().muted))
            painter.drawText(left + 16, middle + (metrics.ascent() - metrics.descent()) // 2, words)
            left += 16 + metrics.horizontalAdvance(words) + 20
        painter.end()
