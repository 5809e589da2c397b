"""Paints a cell: one call without style options, since a screen full of rows asks for some hundred of them."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme import Theme, row_height, text_font, text_px, theme
from desktop.theme.tokens import SMALL_PX, TEXT_PX
from desktop.widgets.badge import badge_width, paint_badge
from desktop.widgets.table.columns import NUMBERS, Align, Cell, Column
from desktop.widgets.table.model import RowModel

PAD = 8
UNIT_ROOM = 40
MEASURED = 20
_SIDES = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
}


@lru_cache(maxsize=8192)
def _fitted(words: str, room: int, px: int) -> tuple[str, float]:
    """Words cut to a width, and the width they then have."""
    metrics = QFontMetricsF(text_font(px))
    wide = metrics.horizontalAdvance(words)
    if wide <= room:
        return words, wide
    cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return cut, metrics.horizontalAdvance(cut)


class CellDelegate(QStyledItemDelegate):
    """Draws `RowModel` cells. `hovered` is the row under the mouse."""

    def __init__(self, model: RowModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1
        self.renew()

    def renew(self) -> None:
        """Take the theme's fonts again."""
        _fitted.cache_clear()
        self._font = text_font()
        self._px = self._font.pixelSize()
        self._small = text_font(SMALL_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._model.columns[index.column()].width, row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t = theme()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        number, at = index.row(), index.column()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(t.selection))
        elif number == self.hovered:
            painter.fillRect(rect, QColor(t.hover))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        self._paint_cell(painter, rect.adjusted(PAD, 0, -PAD, -1), self._model.cell(number, at), at)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.accent), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_cell(self, painter: QPainter, room: QRect, cell: Cell, at: int) -> None:
        if cell.look is not None:
            paint_badge(painter, QRectF(room), cell.look)
            return
        if not cell.words:
            return
        t, column = theme(), self._model.columns[at]
        box = self._number_box(painter, room, cell, column, t)
        words, wide = _fitted(cell.words, box.width(), TEXT_PX)
        painter.setFont(self._font)
        painter.setPen(QColor(t.muted if cell.is_muted else t.ink(cell.meaning) if cell.meaning else t.text))
        painter.drawText(box, _SIDES[column.side] | Qt.AlignmentFlag.AlignVCenter, words)
        if cell.is_why:
            self._underline(painter, box, wide, column.side, t)

    def _number_box(self, painter: QPainter, room: QRect, cell: Cell, column: Column, t: Theme) -> QRect:
        if column.kind not in NUMBERS or not column.unit:
            return room
        unit_room = min(text_px(UNIT_ROOM), room.width() // 2)
        if cell.unit:
            painter.setFont(self._small)
            painter.setPen(QColor(t.muted))
            box = QRect(room.right() - unit_room + 1, room.top(), unit_room, room.height())
            words, _wide = _fitted(cell.unit, unit_room, SMALL_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        return room.adjusted(0, 0, -unit_room - 4, 0)

    def _underline(self, painter: QPainter, box: QRect, wide: float, side: Align, t: Theme) -> None:
        left = box.left() if side is Align.LEFT else box.right() + 1 - wide
        if side is Align.CENTER:
            left = box.center().x() - wide / 2
        y = box.center().y() + self._px * 0.62
        painter.setPen(QPen(QColor(t.edge), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(left, y), QPointF(left + wide, y))

    def need(self, at: int) -> int:
        """The room that the cells of a column take, as far as the rows at hand tell; its longest words are measured."""
        cells = self._model.cells_at_hand(at)
        metrics, column = QFontMetricsF(self._font), self._model.columns[at]
        looks = {cell.look for cell in cells if cell.look is not None}
        longest = sorted({cell.words for cell in cells if cell.look is None}, key=len)[-MEASURED:]
        most = max((math.ceil(metrics.horizontalAdvance(words)) for words in longest), default=0)
        unit = text_px(UNIT_ROOM) + 4 if column.kind in NUMBERS and column.unit else 0
        return max(most + unit, *(badge_width(look) for look in looks), 0) + 2 * PAD + 1

    def is_on_words(self, rect: QRect, number: int, at: int, x: int) -> bool:
        """Whether a click at `x` in a cell's rectangle hits its figure (and not the empty room beside it)."""
        column, cell = self._model.columns[at], self._model.cell(number, at)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        if column.kind in NUMBERS and column.unit:
            room.adjust(0, 0, -min(text_px(UNIT_ROOM), room.width() // 2) - 4, 0)
        _words, wide = _fitted(cell.words, room.width(), TEXT_PX)
        left = room.right() + 1 - wide if column.side is Align.RIGHT else room.left()
        return left - 4 <= x <= left + wide + 4
