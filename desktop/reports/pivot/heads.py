"""The heads of the grid: columns in several levels with their spans, rows indented with the signs of their groups."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.reports.pivot.model import PivotModel
from desktop.theme import row_height, text_font, text_px, theme
from desktop.widgets.table.delegate import PAD

INDENT = 16
SIGN = 16
LEAST, MOST = 120, 340
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def bold(is_bold: bool = True) -> QFont:
    """The font of heads."""
    font = text_font()
    font.setBold(is_bold)
    return font


class ColumnHeads(QHeaderView):
    """A line for each field across and one for the figures. What several columns share stands once over all of them."""

    def __init__(self, model: PivotModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pivot = model
        self.sorted_at, self.is_descending = -1, True
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)

    def levels(self) -> int:
        """How many lines."""
        pivot = self._pivot.pivot
        return 1 if pivot is None else len(pivot.column_fields) + self._pivot.names_figures()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.levels() * row_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self.viewport()), theme()
        painter.fillRect(self.viewport().rect(), QColor(t.sunken))
        first, last = self.visualIndexAt(0), self.visualIndexAt(self.viewport().width() - 1)
        if first >= 0 and self._pivot.lines:
            last = self.count() - 1 if last < 0 else last
            levels = {at: self._pivot.levels(at) for at in range(first, last + 1)}
            for level in range(self.levels()):
                self._paint_level(painter, level, levels)
        painter.end()

    def _paint_level(self, painter: QPainter, level: int, levels: dict[int, list[str]]) -> None:
        places = list(levels)
        start = places[0]
        for at in (*places[1:], places[-1] + 1):
            is_other = (
                at not in levels or level == self.levels() - 1 or levels[at][: level + 1] != levels[start][: level + 1]
            )
            if is_other:
                self._paint_span(painter, level, start, at - 1, levels[start][level])
                start = at

    def _paint_span(self, painter: QPainter, level: int, first: int, last: int, words: str) -> None:
        t, high = theme(), row_height()
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        box = QRect(left, level * high, right - left, high)
        painter.setPen(QColor(t.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        is_figure = level == self.levels() - 1
        seen = box.intersected(self.viewport().rect()).adjusted(PAD, 0, -PAD, 0)
        painter.setFont(bold(not is_figure))
        painter.setPen(QColor(t.muted if is_figure else t.text))
        if is_figure and first == self.sorted_at:
            sign = (
                "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
                if self.is_descending
                else "\N{BLACK UP-POINTING SMALL TRIANGLE}"
            )
            words = f"{sign} {words}"
            painter.setPen(QColor(t.accent))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, seen.width())
        painter.drawText(seen, RIGHT if is_figure else LEFT, cut)


class RowHeads(QHeaderView):
    """Names of groups and rows; a click on a group opens or shuts it. `toggled(row)`."""

    toggled = Signal(int)

    def __init__(self, model: PivotModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._pivot = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMouseTracking(True)

    def fit(self) -> None:
        """As wide as the longest of the first names, within bounds."""
        metrics = QFontMetrics(bold())
        wide = [metrics.horizontalAdvance(self._pivot.row_words(at)) + self._indent(at)
                for at in range(min(len(self._pivot.lines), 300))]  # fmt: skip
        self.setFixedWidth(min(max([*wide, text_px(LEAST)]) + 2 * PAD, text_px(MOST)))
        self.setMinimumSectionSize(row_height())
        self.setDefaultSectionSize(row_height())

    def _indent(self, row: int) -> int:
        line, pivot = self._pivot.lines[row], self._pivot.pivot
        is_tree = pivot is not None and len(pivot.row_fields) > 1
        room = SIGN if is_tree and not (line.is_total or line.is_rest) else 0
        return line.depth * INDENT + room

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        if row >= len(self._pivot.lines):
            return
        t, line = theme(), self._pivot.lines[row]
        is_strong = line.is_group or line.is_total
        painter.fillRect(rect, QColor(t.sunken if line.is_total else t.surface))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(PAD + self._indent(row), 0, -PAD, 0)
        painter.setFont(bold(is_strong))
        painter.setPen(QColor(t.muted if line.is_rest else t.text))
        if line.is_group:
            sign = (
                "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}" if line.is_shut else "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
            )
            painter.drawText(room.adjusted(-SIGN, 0, 0, 0), LEFT, sign)
        words = self._pivot.row_words(row)
        painter.drawText(room, LEFT, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self.logicalIndexAt(event.position().toPoint())
        is_known = event.button() is Qt.MouseButton.LeftButton and 0 <= row < len(self._pivot.lines)
        if is_known and self._pivot.lines[row].is_group:
            self.toggled.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        is_known = 0 <= row < len(self._pivot.lines)
        self.setToolTip(self._pivot.row_words(row) if is_known else "")
        is_group = is_known and self._pivot.lines[row].is_group
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_group else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)
