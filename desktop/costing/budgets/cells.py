"""How a cell of the grid is painted and typed in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from core.costing import BudgetLevel, GridCell
from core.i18n import _
from desktop.costing.budgets.words import short_money, spent_words
from desktop.theme import text_font, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets import ui_text

Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight


class PlaceHead(QHeaderView):
    """The categories at the left, written like the rows of any list."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        t = theme()
        table = self.parent()
        is_current = isinstance(table, QTableView) and table.currentIndex().row() == at
        painter.save()
        painter.fillRect(rect, QColor(t.raised))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(text_font(bold=at == 0))
        painter.setPen(QColor(t.accent if is_current else t.text))
        words = str(self.model().headerData(at, Qt.Orientation.Vertical) or "")
        room = rect.adjusted(8, 0, -8, 0)
        fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
        painter.restore()


class CellPainter(QStyledItemDelegate):
    """The budget over what was spent; a sum of what is set below is grey, a level has its colour and its sign."""

    def __init__(self, table: QTableView, go_down: Callable[[], object]) -> None:
        super().__init__(table)
        self._go_down = go_down

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes what was typed and goes to the category below."""
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and is_enter and isinstance(watched, QWidget):
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
            self._go_down()
            return True
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, t = index.data(Qt.ItemDataRole.UserRole), theme()
        if not isinstance(cell, GridCell):
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_open = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        rect: QRect = option.rect
        painter.save()
        painter.fillRect(rect, QColor(t.selection if is_chosen else t.raised if is_open else t.window))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = rect.adjusted(2, 3, -6, -3)
        words = "–" if cell.budget is None else short_money(cell.budget)
        is_own = cell.budget is not None and not cell.is_sum
        painter.setFont(text_font(bold=is_own))
        if painter.fontMetrics().horizontalAdvance(words) > room.width():
            painter.setFont(text_font(SMALL_PX, bold=is_own))
        painter.setPen(QColor(t.text if is_own else t.muted))
        painter.drawText(room, RIGHT | Qt.AlignmentFlag.AlignTop, words)
        painter.setFont(text_font(SMALL_PX))
        inks = {BudgetLevel.OVER: t.danger, BudgetLevel.WATCH: t.watch}
        painter.setPen(QColor(inks.get(cell.level, t.muted)))
        ways, wide = spent_words(cell), painter.fontMetrics().horizontalAdvance
        spent = next((words for words in ways if wide(words) <= room.width()), ways[-1])
        painter.drawText(room, RIGHT | Qt.AlignmentFlag.AlignBottom, spent)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setAlignment(RIGHT)
        line.setAccessibleName(ui_text(_("Budget")))
        line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()
