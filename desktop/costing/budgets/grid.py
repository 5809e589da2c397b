"""Budgets as a grid: categories down, months across; under each budget what the month really cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from core.costing import BudgetCell, BudgetGrid, GridCell
from core.errors import CoreError
from core.i18n import Text, _
from core.values import parse_money
from desktop.costing.budgets.cells import CellPainter, PlaceHead
from desktop.costing.budgets.words import MONTHS, cell_told, indented
from desktop.theme import text_px
from desktop.widgets import Spoken, money_digits, ui_text

CELL_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
NAME_WIDE, CELL_WIDE, ROW_HIGH = 172, 66, 44


class GridModel(QAbstractTableModel):
    """`typed(cells)` when amounts were entered; `refused(Text)` when one cannot be read."""

    typed = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.grid: BudgetGrid | None = None
        self.may_edit = False
        self.shown: list[int] = []

    def show(self, grid: BudgetGrid, *, used_only: bool) -> None:
        """Show these budgets; `used_only` leaves out categories without budget and cost."""
        self.beginResetModel()
        self.grid = grid
        self.shown = [
            at
            for at, row in enumerate(grid.rows)
            if not used_only or at == 0 or any(cell.budget is not None or cell.actual for cell in row.cells)
        ]
        self.endResetModel()

    def cell(self, row: int, column: int) -> GridCell:
        """The cell of a row on screen and a month."""
        assert self.grid is not None
        return self.grid.rows[self.shown[row]].cells[column]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self.grid is None else len(self.grid.months)

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if self.may_edit and self.is_open(index.column()) else base

    def is_open(self, column: int) -> bool:
        """Whether a month's budget may still be changed."""
        return self.grid is not None and not self.grid.months[column].is_closed

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.grid is None:
            return None
        cell = self.cell(index.row(), index.column())
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.EditRole:
            return "" if cell.budget is None or cell.is_sum else f"{cell.budget:f}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            place = self.grid.rows[self.shown[index.row()]].place
            return cell_told(place, self.grid.months[index.column()].month, cell)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        return self.enter([(index.row(), index.column(), str(value))])

    def enter(self, entered: Sequence[tuple[int, int, str]]) -> bool:
        """Take what was typed or pasted, by row and column on screen; an empty text takes a budget away."""
        assert self.grid is not None
        cells = []
        for row, column, text in entered:
            if not (self.may_edit and self.is_open(column)):
                self.refused.emit(
                    _("{month} is closed: its budget stays as it was.", month=self.grid.months[column].month)
                )
                return False
            cell = self.cell(row, column)
            seen = None if cell.is_sum else cell.budget
            try:
                amount = self._amount(text)
            except CoreError as fault:
                self.refused.emit(fault.text)
                return False
            if amount != seen:
                place = self.grid.rows[self.shown[row]].place
                cells.append(BudgetCell(self.grid.months[column].month, place.category_id, amount, seen))
        if cells:
            self.typed.emit(tuple(cells))
        return bool(cells)

    def _amount(self, text: str) -> Decimal | None:
        return parse_money(text, money_digits()) if text.strip() else None

    def headerData(self, at: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.grid is None:
            return None
        if way == Qt.Orientation.Horizontal:
            return self._month_head(at, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return indented(self.grid.rows[self.shown[at]].place)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _month_head(self, at: int, role: int) -> Any:
        assert self.grid is not None
        month = self.grid.months[at]
        if role == Qt.ItemDataRole.DisplayRole:
            words = ui_text(MONTHS[int(month.month[5:]) - 1])
            return f"{words} ●" if month.is_running else f"{words} ✓" if month.is_closed else words
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            state: Text | str = _("running") if month.is_running else _("closed") if month.is_closed else ""
            return f"{month.month} {ui_text(state)}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class BudgetTable(QTableView, Spoken):
    """Digits begin to type in a cell, F2 changes it, Enter goes down, Delete empties, Ctrl+R carries to the months at the
    right, Ctrl+V takes a block of cells from a spreadsheet. `moved` when another cell is chosen."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cells = GridModel()
        self.setModel(self.cells)
        self.setItemDelegate(CellPainter(self, self._go_down))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalHeader(PlaceHead(self))
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.setDefaultSectionSize(text_px(ROW_HIGH))
        down.setFixedWidth(text_px(NAME_WIDE))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(text_px(CELL_WIDE))
        across.setHighlightSections(True)
        self.retranslate()

    def show_grid(self, grid: BudgetGrid, *, used_only: bool) -> None:
        """Show these budgets; the cell chosen stays chosen."""
        at = self.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, _running(grid))
        self.cells.show(grid, used_only=used_only)
        if self.cells.rowCount():
            chosen = self.cells.index(min(row, self.cells.rowCount() - 1), min(column, self.cells.columnCount() - 1))
            self.setCurrentIndex(chosen)
        self.moved.emit()

    def currentChanged(self, current: Index, before: Index) -> None:
        super().currentChanged(current, before)
        self.verticalHeader().viewport().update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._chosen_text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cells.enter([(one.row(), one.column(), "") for one in self.selectedIndexes()])
        elif event.key() == Qt.Key.Key_R and control:
            self.carry_on()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_down()
        else:
            super().keyPressEvent(event)

    def edit_cell(self) -> None:
        """Change the cell that is chosen (F2)."""
        if self.currentIndex().isValid():
            self.setFocus()
            self.edit(self.currentIndex())

    def paste(self, text: str) -> None:
        """Cells of a spreadsheet, from the chosen one on; what lies beyond the grid is left out."""
        at = self.currentIndex()
        if not at.isValid():
            return
        entered = [
            (at.row() + down, at.column() + across, part)
            for down, line in enumerate(text.splitlines())
            for across, part in enumerate(line.split("\t"))
            if at.row() + down < self.cells.rowCount() and at.column() + across < self.cells.columnCount()
        ]
        self.cells.enter(entered)

    def carry_on(self) -> None:
        """The chosen cell's amount for all months at its right (Ctrl+R)."""
        at = self.currentIndex()
        if at.isValid():
            amount = str(at.data(Qt.ItemDataRole.EditRole) or "")
            later = range(at.column() + 1, self.cells.columnCount())
            self.cells.enter([(at.row(), column, amount) for column in later if self.cells.is_open(column)])

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(_("Budgets by category and month")))
        self.viewport().update()

    def _go_down(self) -> None:
        at = self.currentIndex()
        if at.isValid() and at.row() + 1 < self.cells.rowCount():
            self.setCurrentIndex(at.siblingAtRow(at.row() + 1))

    def _chosen_text(self) -> str:
        by_row: dict[int, list[str]] = {}
        for one in sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            by_row.setdefault(one.row(), []).append(str(one.data(Qt.ItemDataRole.EditRole) or ""))
        return "\n".join("\t".join(parts) for parts in by_row.values())


def _running(grid: BudgetGrid) -> int:
    return next((at for at, month in enumerate(grid.months) if month.is_running), 0)
