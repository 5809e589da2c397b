"""A figure on a card: what it is, how much, whether that is good, and how it came about over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.theme import MEANING_ICONS, Meaning, fit_font, text_font, text_px, theme
from desktop.theme.icons import paint_icon
from desktop.theme.tokens import FIGURE_PX, LARGE_PX, SMALL_PX
from desktop.widgets.charts import paint_sparkline
from desktop.widgets.language import Spoken, Words, ui_text

FIGURE_LOW_PX = LARGE_PX
LEAST_LOW = 112


class FigureCard(QAbstractButton, Spoken):
    """Title, figure with unit, a note with its meaning, a trend. The whole card can be clicked and has a focus."""

    def __init__(self, title: Words, do: Callable[[], object] | None = None, *, brief: Words = "") -> None:
        """`brief` stands for a title that does not fit."""
        super().__init__()
        self._title, self._brief = title, brief
        self._figure: Words = ""
        self._unit: Words = ""
        self._note: Words = ""
        self._brief_note: Words = ""
        self._meaning = Meaning.PLAIN
        self._trend: tuple[Decimal | None, ...] = ()
        self._is_low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if do is not None:
            self.clicked.connect(lambda _checked=False: do())
        self.retranslate()

    def set_figure(self, figure: Words, unit: Words = "") -> None:
        """Say the figure."""
        self._figure, self._unit = figure, unit
        self.retranslate()

    def set_note(self, note: Words, meaning: Meaning = Meaning.PLAIN, *, brief: Words = "") -> None:
        """Say what to make of it; `brief` where there is no room for that."""
        self._note, self._meaning, self._brief_note = note, meaning, brief
        self.retranslate()

    def set_trend(self, values: Sequence[Decimal | None]) -> None:
        """Show how it was before, oldest first."""
        self._trend = tuple(values)
        self.updateGeometry()
        self.update()

    def set_low(self, is_low: bool) -> None:
        """On a low screen title, figure and note stand close, and there is no trend."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.updateGeometry()
            self.update()

    def retranslate(self) -> None:
        parts = [ui_text(self._title), f"{ui_text(self._figure)} {ui_text(self._unit)}".strip(), ui_text(self._note)]
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(text_px(224), text_px(68 if self._is_low else 144 if self._trend else 112))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_LOW if self._is_low else 160, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_marked = self.hasFocus()
        painter.setPen(QPen(QColor(t.accent if is_marked else t.line), 2 if is_marked else 1))
        painter.setBrush(QColor(t.hover if self.underMouse() else t.surface))
        inset = 1.0 if is_marked else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        room = self.rect().adjusted(10, 4, -8, -4) if self._is_low else self.rect().adjusted(16, 12, -16, -12)
        left = Qt.AlignmentFlag.AlignLeft
        painter.setFont(text_font(SMALL_PX) if self._is_low else text_font())
        painter.setPen(QColor(t.muted))
        title = _fitting(painter.fontMetrics(), self._title, self._brief, room.width())
        painter.drawText(room, left | Qt.AlignmentFlag.AlignTop, title)
        top, high = (18, 24) if self._is_low else (22, 40)
        self._paint_figure(painter, QRectF(room.left(), room.top() + text_px(top), room.width(), text_px(high)))
        self._paint_note(painter, QRectF(room.left(), room.bottom() - text_px(19), room.width(), text_px(20)))
        if self._trend and not self._is_low:
            paint_sparkline(
                painter,
                QRectF(room.left(), room.top() + text_px(66), room.width() - 4, text_px(24)),
                self._trend,
                t.accent,
            )
        painter.end()

    def _paint_figure(self, painter: QPainter, room: QRectF) -> None:
        t, figure, unit = theme(), ui_text(self._figure), ui_text(self._unit)
        small = text_font()
        unit_wide = QFontMetrics(small).horizontalAdvance(unit) + 6 if unit else 0
        font = fit_font(
            figure, int(room.width()) - unit_wide, FIGURE_LOW_PX if self._is_low else FIGURE_PX, bold=True, least_px=12
        )
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, figure)
        wide = QFontMetrics(font).horizontalAdvance(figure)
        painter.setFont(small)
        painter.setPen(QColor(t.muted))
        base = room.adjusted(wide + 6, (QFontMetrics(font).ascent() - QFontMetrics(small).ascent()) * 0.6, 0, 0)
        painter.drawText(base, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, unit)

    def _paint_note(self, painter: QPainter, room: QRectF) -> None:
        t, left = theme(), room.left()
        ink = t.ink(self._meaning)
        if self._note and self._meaning is not Meaning.PLAIN:
            paint_icon(painter, QRectF(left, room.center().y() - 8, 16, 16), MEANING_ICONS[self._meaning], ink)
            left += 20
        right = room.right()
        font = text_font(SMALL_PX)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        note = _fitting(QFontMetrics(font), self._note, self._brief_note, int(right - left))
        painter.drawText(QRectF(left, room.top(), right - left, room.height()), Qt.AlignmentFlag.AlignVCenter, note)


def _fitting(metrics: QFontMetrics, words: Words, brief: Words, room: int) -> str:
    """The words where they fit, else the brief ones, cut off only where even those do not."""
    full, short = ui_text(words), ui_text(brief)
    wanted = short if short and metrics.horizontalAdvance(full) > room else full
    return metrics.elidedText(wanted, Qt.TextElideMode.ElideRight, room)
