"""The result: row and column heads that stay in sight, figures aligned at the right, subtotals and totals, shading."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from core.i18n import Text, _
from core.reports import Pivot, PivotSort
from desktop.reports.pivot.cells import PivotCells
from desktop.reports.pivot.heads import ColumnHeads, RowHeads, bold
from desktop.reports.pivot.lines import GridColumn, GridLine, words_of
from desktop.reports.pivot.model import PivotModel
from desktop.theme import row_height, text_font, text_px, themes
from desktop.widgets import Label, ui_text
from desktop.widgets.language import Spoken
from desktop.widgets.table.delegate import PAD

MEASURED = 60
LEAST, MOST = 76, 220


class PivotGrid(QTableView, Spoken):
    """Enter or a click on a figure asks for the entries behind a cell; Space opens and shuts a group; S sorts by the column.

    `opened(GridLine, GridColumn)`, `sort_wanted(PivotSort | None)`.
    """

    opened = Signal(object, object)
    sort_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cells = PivotModel(self)
        self._painter = PivotCells(self.cells, self)
        self._pressed = QPoint()
        self.heads, self.row_heads = ColumnHeads(self.cells, self), RowHeads(self.cells, self)
        self.setModel(self.cells)
        self.setItemDelegate(self._painter)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.row_heads)
        self._corner = Label("", "muted", elide=True, parent=self)
        self._corner.setAutoFillBackground(True)
        self._set_up()
        self.heads.sectionClicked.connect(self.sort_at)
        self.row_heads.toggled.connect(self.toggle)
        themes.changed.connect(self._renew)
        self._renew()
        self.retranslate()

    def _set_up(self) -> None:
        self.setProperty("undoes", True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_pivot(self, pivot: Pivot) -> None:
        """Show another pivot; place and groups that are shut stay."""
        row, at = self.currentIndex().row(), self.currentIndex().column()
        self.cells.show_pivot(pivot)
        self._fit()
        self._show_sort(pivot)
        self._stay(max(row, 0), max(at, 0))

    def shade(self, is_on: bool) -> None:
        """Shade cells by how large they are, or not."""
        self._painter.is_shading = is_on
        self.viewport().update()

    def toggle(self, row: int) -> None:
        """Open or shut the group of a line."""
        line = self.cells.lines[row]
        if line.is_group:
            at = self.currentIndex().column()
            self.cells.set_shut(self.cells.shut ^ {line.keys})
            self._stay(row, max(at, 0))

    def shut_all(self, is_shut: bool) -> None:
        """Only groups, or every row."""
        pivot = self.cells.pivot
        outer = {group.keys for group in pivot.groups} if pivot is not None and is_shut else set()
        self.cells.set_shut(set(outer))
        self._stay(0, 0)

    def sort_at(self, at: int) -> None:
        """By this column, largest first; again: smallest first; a third time: by name."""
        pivot = self.cells.pivot
        if pivot is None or not 0 <= at < len(self.cells.columns):
            return
        column = self.cells.columns[at]
        keys = () if column.is_total else pivot.columns[column.head].keys
        wanted = PivotSort(pivot.measures[column.measure].key, True, keys)
        now = pivot.asked.sort
        if now is not None and (now.measure, now.column) == (wanted.measure, wanted.column):
            self.sort_wanted.emit(PivotSort(now.measure, False, now.column) if now.is_descending else None)
        else:
            self.sort_wanted.emit(wanted)

    def heading(self, line: GridLine, column: GridColumn) -> Text | str:
        """Row and column of a cell, in words."""
        pivot = self.cells.pivot
        if pivot is None:
            return ""
        names = [words_of(line.title)]
        if line.keys:
            row = next(row for row in pivot.rows if row.keys[: len(line.keys)] == line.keys)
            names = [words_of(title) for title in row.titles[: len(line.keys)]]
        if not column.is_total:
            names += [words_of(title) for title in pivot.columns[column.head].titles]
        return " · ".join(names)

    def copied(self) -> str:
        """What is chosen, with its heads, as a spreadsheet takes it."""
        chosen = self.selectionModel().selectedIndexes()
        if not chosen:
            return ""
        rows = sorted({index.row() for index in chosen})
        places = sorted({index.column() for index in chosen})
        lines = [["", *(self.cells.column_words(at) for at in places)]]
        for row in rows:
            figures = [self.cells.figure(row, at) for at in places]
            values = ["" if one is None or one.value is None else f"{one.value:f}" for one in figures]
            lines.append([self.cells.row_words(row), *values])
        return "\n".join("\t".join(line) for line in lines)

    # --- inside

    def _show_sort(self, pivot: Pivot) -> None:
        sort = pivot.asked.sort
        self.heads.sorted_at = -1
        if sort is not None:
            self.heads.is_descending = sort.is_descending
            for at, column in enumerate(self.cells.columns):
                keys = () if column.is_total else pivot.columns[column.head].keys
                if pivot.measures[column.measure].key == sort.measure and keys == sort.column:
                    self.heads.sorted_at = at

    def _fit(self) -> None:
        """Columns as wide as the longest of their first figures, within bounds."""
        self.row_heads.fit()
        self.heads.setFixedHeight(self.heads.levels() * row_height())
        metrics, rows = QFontMetrics(bold()), self._measured()
        pivot = self.cells.pivot
        for at in range(len(self.cells.columns)):
            heads = self.cells.levels(at)[-1:] if pivot and len(pivot.measures) > 1 else self.cells.levels(at)
            words = [f"{self.cells.words(row, at)} {self.cells.unit(row, at)}" for row in rows]
            wide = max(
                (metrics.horizontalAdvance(one) for one in (*words, *(f"{head} __" for head in heads))), default=0
            )
            self.setColumnWidth(at, min(max(wide + 2 * PAD, text_px(LEAST)), text_px(MOST)))
        self.updateGeometries()
        self._place_corner()

    def _measured(self) -> list[int]:
        count = len(self.cells.lines)
        return [*range(min(count, MEASURED)), *([count - 1] if count > MEASURED else [])]

    def _stay(self, row: int, at: int) -> None:
        if self.cells.rowCount():
            index = self.cells.index(min(row, self.cells.rowCount() - 1), min(at, self.cells.columnCount() - 1))
            self.setCurrentIndex(index)

    def _place_corner(self) -> None:
        pivot = self.cells.pivot
        names = [ui_text(one.title) for one in pivot.row_fields] if pivot is not None else []
        self._corner.set_words(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(names))
        self._corner.setGeometry(
            PAD, self.heads.height() - row_height(), self.row_heads.width() - PAD, row_height() - 2
        )

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.cells.lines[index.row()], self.cells.columns[index.column()])

    def _renew(self) -> None:
        self.setFont(text_font())
        self.verticalHeader().setDefaultSectionSize(row_height())
        if self.cells.pivot is not None:
            self._fit()
        self.viewport().update()

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(_("Result")))
        if self.cells.pivot is not None:
            self.cells.retranslate()
            self._fit()

    # --- what the person does

    def _figure_under(self, place: QPoint) -> QModelIndex | None:
        index = self.indexAt(place)
        is_on = index.isValid() and self._painter.is_on_words(
            self.visualRect(index), index.row(), index.column(), place.x()
        )
        return index if is_on else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self._figure_under(place)
        is_click = (place - self._pressed).manhattanLength() < QApplication.startDragDistance()
        if index is not None and is_click and event.button() is Qt.MouseButton.LeftButton and not event.modifiers():
            self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_on = self._figure_under(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_on else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
        elif key == Qt.Key.Key_Space and index.isValid():
            self.toggle(index.row())
        elif key == Qt.Key.Key_S and not event.modifiers() and index.isValid():
            self.sort_at(index.column())
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)
