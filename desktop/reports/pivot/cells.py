"""How a cell of the pivot is painted: figure, unit, dotted underline of what opens its entries, shading."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.reports.pivot.heads import RIGHT, bold
from desktop.reports.pivot.model import PivotModel
from desktop.theme import text_font, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets.table.delegate import PAD

UNIT_GAP = 4
STRONGEST = 120


class PivotCells(QStyledItemDelegate):
    """Paints a cell: figure, unit in grey behind it, bold in totals, shaded when wished."""

    def __init__(self, model: PivotModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._pivot = model
        self.is_shading = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t, row, at = theme(), index.row(), index.column()
        rect: QRect = option.rect
        line, column = self._pivot.lines[row], self._pivot.columns[at]
        pivot = self._pivot.pivot
        is_total = line.is_total or (column.is_total and pivot is not None and bool(pivot.column_fields))
        painter.fillRect(rect, QColor(t.sunken if is_total else t.surface))
        if self.is_shading:
            self._shade(painter, rect, row, at)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(t.selection))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._words(painter, rect.adjusted(PAD, 0, -PAD, 0), row, at, is_strong=line.is_total or line.is_group)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.accent), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _shade(self, painter: QPainter, rect: QRect, row: int, at: int) -> None:
        strength = self._pivot.shade(row, at)
        if strength:
            colour = QColor(theme().danger if strength < 0 else theme().accent)
            colour.setAlpha(round(abs(strength) * STRONGEST))
            painter.fillRect(rect, colour)

    def _words(self, painter: QPainter, room: QRect, row: int, at: int, *, is_strong: bool) -> None:
        t, figure = theme(), self._pivot.figure(row, at)
        words, unit = self._pivot.words(row, at), self._pivot.unit(row, at)
        if unit:
            painter.setFont(text_font(SMALL_PX))
            painter.setPen(QColor(t.muted))
            painter.drawText(room, RIGHT, unit)
            room = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(unit) - UNIT_GAP, 0)
        value = None if figure is None else figure.value
        painter.setFont(bold(is_strong))
        painter.setPen(QColor(t.muted if not value else t.danger if value < 0 else t.text))
        metrics = painter.fontMetrics()
        painter.drawText(room, RIGHT, metrics.elidedText(words, Qt.TextElideMode.ElideLeft, room.width()))
        if words:
            wide = min(metrics.horizontalAdvance(words), room.width())
            y = room.center().y() + round(text_font().pixelSize() * 0.62)
            painter.setPen(QPen(QColor(t.edge), 1, Qt.PenStyle.DotLine))
            painter.drawLine(room.right() + 1 - wide, y, room.right(), y)

    def is_on_words(self, rect: QRect, row: int, at: int, x: int) -> bool:
        """Whether a place in a cell is on its figure."""
        words, unit = self._pivot.words(row, at), self._pivot.unit(row, at)
        wide = QFontMetrics(bold()).horizontalAdvance(f"{words} {unit}") if words else 0
        return bool(words) and rect.right() - PAD - wide <= x <= rect.right()
