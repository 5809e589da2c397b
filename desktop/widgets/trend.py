"""How one figure went in time: it stays as it was until it changes, so the line goes in steps.

Drawn from floats, written from the exact numbers. A point is read by mouse or arrow keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.theme import text_font, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets.figures import date_words, number_words
from desktop.widgets.language import Spoken, Words, local_time, ui_text

Shown = Callable[[Decimal], str]
DOT = 3.5
MOST_DOTS = 24
"""More of them would hide the line; they are read all the same."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A value from a moment on, and more words to read at it."""

    at: datetime
    value: Decimal
    words: Words = ""


class TrendChart(QWidget, Spoken):
    """A stepped line in time with its highest and lowest figure, its first and last day."""

    def __init__(self, name: Words, points: Sequence[TrendPoint] = (), *, shown: Shown = number_words) -> None:
        super().__init__()
        self._name, self._shown = name, shown
        self._points: tuple[TrendPoint, ...] = ()
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(220, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_points(points)

    def set_points(self, points: Sequence[TrendPoint]) -> None:
        """Show these, whatever their order."""
        self._points = tuple(sorted(points, key=lambda point: point.at))
        self._current = len(self._points) - 1
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(self._name))
        self.setAccessibleDescription("; ".join(self.reading(at) for at in range(len(self._points))))
        self.update()

    def reading(self, at: int) -> str:
        """What stands at a point, in words."""
        point = self._points[at]
        parts = (date_words(local_time(point.at).date()), self._shown(point.value), ui_text(point.words))
        return "  ".join(part for part in parts if part)

    def sizeHint(self) -> QSize:
        return QSize(420, 140)

    # --- places

    def _room(self) -> QRectF:
        metrics = QFontMetrics(text_font(SMALL_PX))
        low, high = self._ends()
        wide = max((metrics.horizontalAdvance(self._shown(value)) for value in (low, high)), default=0)
        return QRectF(self.rect()).adjusted(wide + 12, metrics.height() / 2 + 4, -8, -metrics.height() - 8)

    def _ends(self) -> tuple[Decimal, Decimal]:
        values = [point.value for point in self._points] or [Decimal(0)]
        return min(values), max(values)

    def _place(self, at: int) -> QPointF:
        room, point = self._room(), self._points[at]
        low, high = self._ends()
        first, last = self._points[0].at, self._points[-1].at
        span = (last - first).total_seconds()
        across = (point.at - first).total_seconds() / span if span else 0.5
        up = float(point.value - low) / float(high - low) if high > low else 0.5
        return QPointF(room.left() + across * room.width(), room.bottom() - up * room.height())

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(SMALL_PX))
        self._paint_frame(painter)
        places = [self._place(at) for at in range(len(self._points))]
        painter.setPen(QPen(QColor(theme().accent), 1.75))
        for before, after in pairwise(places):
            corner = QPointF(after.x(), before.y())
            painter.drawLine(before, corner)
            painter.drawLine(corner, after)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().accent))
        for place in places if len(places) <= MOST_DOTS else places[-1:]:
            painter.drawEllipse(place, DOT, DOT)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(places[self._current], DOT + 4, DOT + 4)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        """Lines at the highest and lowest value with their figures, and the days at both ends."""
        room, metrics = self._room(), QFontMetrics(text_font(SMALL_PX))
        low, high = self._ends()
        ends = [(high, room.top()), (low, room.bottom())] if high > low else [(low, room.center().y())]
        for value, y in ends:
            painter.setPen(QPen(QColor(theme().edge), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(theme().muted))
            box = QRectF(0, y - metrics.height() / 2, room.left() - 8, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._shown(value))
        below = QRectF(room.left(), self.height() - metrics.height() - 2, room.width(), metrics.height())
        days = [date_words(local_time(point.at).date()) for point in (self._points[0], self._points[-1])]
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, days[0])
        if days[1] != days[0]:
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, days[1])

    # --- reading

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step or not self._points:
            super().keyPressEvent(event)
            return
        self._current = min(max(self._current + step, 0), len(self._points) - 1)
        self.update()
        place = self._place(self._current).toPoint()
        QToolTip.showText(self.mapToGlobal(place), self.reading(self._current), self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._points:
            x = event.pos().x()
            nearest = min(range(len(self._points)), key=lambda at: abs(self._place(at).x() - x))
            QToolTip.showText(event.globalPos(), self.reading(nearest), self)
            return True
        return super().event(event)
