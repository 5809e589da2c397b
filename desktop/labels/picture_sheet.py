"""A sheet of labels in small: which labels of it will be printed; a click says where to begin."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.labels import Sheet
from desktop.theme import theme


class SheetPicture(QWidget):
    """`chosen(number)` on a click on a label; 1 is the first."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._start, self._count = 1, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_sheet(self, sheet: Sheet, start: int, count: int) -> None:
        """Show a sheet that begins at a label, with so many labels to come."""
        self._sheet, self._start, self._count = sheet, start, count
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 250)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._number_at(event.position())
        if number:
            self.chosen.emit(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sheet is None:
            return
        painter, t = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.line))
        painter.setBrush(QColor("white"))
        painter.drawRect(self._paper())
        last = self._start + self._count
        for number in range(1, self._sheet.count + 1):
            is_used = self._start <= number < last
            painter.setBrush(QColor(t.accent) if is_used else QColor(t.hover))
            painter.drawRoundedRect(self._label(number), 2, 2)
        painter.end()

    def _scale(self) -> float:
        assert self._sheet is not None
        return min((self.width() - 4) / self._sheet.page_width, (self.height() - 4) / self._sheet.page_height)

    def _paper(self) -> QRectF:
        assert self._sheet is not None
        scale = self._scale()
        return QRectF(2, 2, self._sheet.page_width * scale, self._sheet.page_height * scale)

    def _label(self, number: int) -> QRectF:
        assert self._sheet is not None
        sheet, scale = self._sheet, self._scale()
        row, column = divmod(number - 1, sheet.columns)
        left, top = sheet.left + column * sheet.step_x, sheet.top + row * sheet.step_y
        return QRectF(2 + left * scale, 2 + top * scale, sheet.width * scale, sheet.height * scale)

    def _number_at(self, place: QPointF) -> int:
        if self._sheet is None:
            return 0
        numbers = range(1, self._sheet.count + 1)
        return next((number for number in numbers if self._label(number).contains(place)), 0)
