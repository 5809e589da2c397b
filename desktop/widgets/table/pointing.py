"""The table under mouse and eye: how it is set up, the row under the mouse, the figures that can be asked why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.theme import row_height, text_font, themes
from desktop.widgets.table.columns import Column
from desktop.widgets.table.delegate import CellDelegate
from desktop.widgets.table.model import RowModel
from desktop.widgets.table.widths import ColumnWidths


class PointedTable(QTableView):
    """`RowTable` without what pages call."""

    why_requested = Signal(object, str)

    def __init__(self, columns: Sequence[Column], key: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._model = RowModel(columns, self)
        self._model.seen = self._seen_rows
        self._cells = CellDelegate(self._model, self)
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self._set_up()
        self._set_up_header()
        self._widths = ColumnWidths(self, self._model.columns, key, self._cells.need)
        self._model.loaded.connect(lambda _total: self._widths.fit())
        themes.changed.connect(self._renew)
        self._renew()

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(36)
        header.setSortIndicatorShown(False)

    def _renew(self) -> None:
        """Row height and font follow the theme and the person's size of text."""
        self.setFont(text_font())
        self.horizontalHeader().setFixedHeight(row_height())
        self.verticalHeader().setMinimumSectionSize(row_height())
        self.verticalHeader().setDefaultSectionSize(row_height())
        self._cells.renew()
        self.viewport().update()

    def _seen_rows(self) -> tuple[int, int]:
        first = max(self.rowAt(0), 0)
        return first, first + self.viewport().height() // row_height() + 1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and not event.modifiers() and self._why_under(place):
            self._ask_why(self.indexAt(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._hover(self.indexAt(place).row())
        shape = Qt.CursorShape.PointingHandCursor if self._why_under(place) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, number: int) -> None:
        before, self._cells.hovered = self._cells.hovered, number
        for row in {before, number} - {-1}:
            at = self.rowViewportPosition(row)
            self.viewport().update(QRect(0, at, self.viewport().width(), row_height()))

    def _why_under(self, place: QPoint) -> bool:
        index = self.indexAt(place)
        if not index.isValid() or not self._model.cell(index.row(), index.column()).is_why:
            return False
        return self._cells.is_on_words(self.visualRect(index), index.row(), index.column(), place.x())

    def _ask_why(self, index: QModelIndex) -> None:
        """Asked on a cell that has no why, the first computed column of the row answers."""
        row = self._model.row(index.row()) if index.isValid() else None
        if row is None:
            return
        here = self._model.columns[index.column()]
        column = here if here.why else next((c for c in self._model.columns if c.why), None)
        if column is not None:
            self.why_requested.emit(row, column.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.fit()

    def sizeHint(self) -> QSize:
        """Little: a table takes the room there is, and asks a page that scrolls for no more."""
        return QSize(640, 160)
