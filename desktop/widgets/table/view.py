"""The table on screen: keys, clicks, widths that are remembered, copying, sorting asked or done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.theme import text_font, themes
from desktop.theme.tokens import ROW_HEIGHT
from desktop.widgets.language import Spoken, Words, ui_text
from desktop.widgets.table.columns import Column, copied_words, in_order
from desktop.widgets.table.delegate import CellDelegate
from desktop.widgets.table.model import Fetch, FetchByIds, RowModel, RowsWanted
from desktop.widgets.table.widths import ColumnWidths


class RowTable(QTableView, Spoken):
    """Rows in columns; `key` names the table for remembering its widths, `name` for a screen reader.

    Signals: `row_activated(row)` on Enter or double click, `current_changed(row | None)`, `selection_changed`,
    `why_requested(row, key)` on a click on a computed figure or Alt+Enter, `sort_requested(key, descending)` on a click
    on a header, `loaded(total)`, `failed(CoreError)`.
    """

    row_activated = Signal(object)
    current_changed = Signal(object)
    selection_changed = Signal()
    why_requested = Signal(object, str)
    sort_requested = Signal(str, bool)
    loaded = Signal(int)
    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], *, name: Words, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._key = name, key
        self._rows_given: Sequence[Any] | None = None
        self._keep: object = None
        self._model = RowModel(columns, self)
        self._model.seen = self._seen_rows
        self._cells = CellDelegate(self._model, self)
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self._set_up()
        self._set_up_header()
        self._model.loaded.connect(self._on_loaded)
        self._model.failed.connect(self.failed)
        self.selectionModel().currentRowChanged.connect(self._on_current_row)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.doubleClicked.connect(lambda index: self._activate(index.row()))
        themes.changed.connect(self._renew)
        self.retranslate()

    def _set_up(self) -> None:
        self.setFont(text_font())
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
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setFixedHeight(ROW_HEIGHT)
        header.setMinimumSectionSize(36)
        header.setSortIndicatorShown(False)
        self._widths = ColumnWidths(self, self._model.columns, self._key)
        header.sectionClicked.connect(self._on_header)

    # --- filling

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that are at hand; the current row stays current if it is still there (by its `id`)."""
        self._remember_current()
        self._rows_given = rows
        self._model.set_rows(self._sorted(rows))

    def set_fetch(self, fetch: Fetch) -> None:
        """Show rows that come by pages; asks for the first page at once."""
        self._rows_given = None
        self._model.set_fetch(fetch)

    def set_ids(self, ids: Sequence[int], fetch: FetchByIds) -> None:
        """Show the rows of these ids in this order; pages of them come as they are seen."""
        self._remember_current()
        self._rows_given = None
        self._model.set_ids(ids, fetch)

    def set_filter(self, wanted: object) -> None:
        """Ask for the rows that fit; from the top."""
        self.scrollToTop()
        self._model.ask_again(replace(self._model.wanted, filter=wanted))

    def reload(self) -> None:
        """Ask again for what is shown; place, sort and current row stay."""
        self._remember_current()
        self._model.ask_again(self._model.wanted)

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column: rows at hand here, pages by asking anew. Emits `sort_requested`."""
        at = next((i for i, column in enumerate(self._model.columns) if column.key == key), -1)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(at >= 0)
        header.setSortIndicator(at, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        wanted = replace(self._model.wanted, sort=key, descending=descending)
        if self._rows_given is not None:
            self._model.wanted = wanted
            self._remember_current()
            self._model.set_rows(self._sorted(self._rows_given))
        else:
            self.scrollToTop()
            self._model.ask_again(wanted)
        self.sort_requested.emit(key, descending)

    def _sorted(self, rows: Sequence[Any]) -> Sequence[Any]:
        wanted = self._model.wanted
        column = next((c for c in self._model.columns if c.key == wanted.sort), None)
        return rows if column is None else in_order(rows, column, wanted.descending)

    # --- reading

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._model.columns

    def total(self) -> int:
        """How many rows there are."""
        return self._model.total

    def wanted(self) -> RowsWanted:
        """Sort and filter in force, for an export of the same list."""
        return self._model.wanted

    def row_at(self, number: int) -> Any | None:
        """A row by its place, None when it has not come yet."""
        return self._model.row(number)

    def words_at(self, number: int, column_key: str) -> str:
        """What a cell says, unit and all (for tests and for reading aloud)."""
        at = next(i for i, column in enumerate(self._model.columns) if column.key == column_key)
        return self._model.cell(number, at).full_words()

    def current_row(self) -> Any | None:
        """The row the person is on."""
        return self._model.row(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def selected_rows(self) -> list[Any]:
        """The chosen rows that are at hand, in order."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [row for number in numbers if (row := self._model.row(number)) is not None]

    def select_row(self, number: int) -> None:
        """Go to a row by its place."""
        if 0 <= number < self._model.total:
            self.setCurrentIndex(self._model.index(number, max(self.currentIndex().column(), 0)))

    def select_where(self, is_wanted: Callable[[Any], bool]) -> bool:
        """Go to the first row at hand that fits; False when there is none."""
        number = self._model.number_of(is_wanted)
        if number is None:
            return False
        self.select_row(number)
        return True

    def table_words(self, only_selected: bool = False) -> list[list[str]]:
        """Header and rows at hand as plain words and decimals, for copying."""
        rows = self.selected_rows() if only_selected else self._model.rows_at_hand()
        head = [ui_text(column.title) for column in self._model.columns]
        return [head, *([copied_words(column, row) for column in self._model.columns] for row in rows)]

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, tab-separated, as a spreadsheet takes them."""
        lines = self.table_words(only_selected=True)
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines))

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(self._name))
        self._model.retranslate()

    # --- what the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._ask_why(index)
        elif is_enter and index.isValid():
            self._activate(index.row())
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

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
            self.viewport().update(QRect(0, at, self.viewport().width(), ROW_HEIGHT))

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

    def _activate(self, number: int) -> None:
        row = self._model.row(number)
        if row is not None:
            self.row_activated.emit(row)

    def _on_header(self, at: int) -> None:
        column = self._model.columns[at]
        if column.sortable:
            wanted = self._model.wanted
            self.sort_by(column.key, wanted.sort == column.key and not wanted.descending)
        else:
            self.horizontalHeader().setSortIndicatorShown(False)

    # --- staying in place

    def _seen_rows(self) -> tuple[int, int]:
        first = max(self.rowAt(0), 0)
        return first, first + self.viewport().height() // ROW_HEIGHT + 1

    def _remember_current(self) -> None:
        self._keep = getattr(self.current_row(), "id", None)

    def _on_loaded(self, total: int) -> None:
        keep, self._keep = self._keep, None
        if keep is not None and getattr(self.current_row(), "id", None) != keep:
            self.select_where(lambda row: getattr(row, "id", None) == keep)
        self.loaded.emit(total)

    def _on_current_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self._model.row(current.row()) if current.isValid() else None)

    def _renew(self) -> None:
        self.setFont(text_font())
        self._cells.renew()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.fit()

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def select_first(self) -> None:
        """Go to the first row, if there is one and none is current."""
        if not self.currentIndex().isValid() and self._model.total:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._model.index(0, 0), flags)
