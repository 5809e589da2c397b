"""The table as pages use it: filling, reading, sorting asked or done, copying, keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import text_font, theme
from desktop.widgets.language import Spoken, Words, ui_text
from desktop.widgets.table.columns import Column, copied_words, in_order
from desktop.widgets.table.model import Fetch, FetchByIds, RowsWanted
from desktop.widgets.table.pointing import PointedTable

EMPTY_PAD = 12


class RowTable(PointedTable, Spoken):
    """Rows in columns; `key` names the table for remembering its widths, `name` for a screen reader.

    Signals: `row_activated(row)` on Enter or double click, `current_changed(row | None)`, `selection_changed`,
    `why_requested(row, key)` on a click on a computed figure or Alt+Enter, `sort_requested(key, descending)` on a click
    on a header, `loaded(total)`, `failed(CoreError)`.
    """

    row_activated = Signal(object)
    current_changed = Signal(object)
    selection_changed = Signal()
    sort_requested = Signal(str, bool)
    loaded = Signal(int)
    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], *, name: Words, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(columns, key, parent)
        self._name = name
        self._empty: Words = ""
        self._rows_given: Sequence[Any] | None = None
        self._keep: object = None
        self.horizontalHeader().sectionClicked.connect(self._on_header)
        self._model.loaded.connect(self._on_loaded)
        self._model.failed.connect(self.failed)
        self.selectionModel().currentRowChanged.connect(self._on_current_row)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.doubleClicked.connect(lambda index: self._activate(index.row()))
        self.retranslate()

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

    def set_empty(self, words: Words) -> None:
        """Say what belongs here while rows at hand are none."""
        self._empty = words
        self.retranslate()
        self.viewport().update()

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
            self.setCurrentIndex(self._model.index(number, self._column_in_sight()))

    def _column_in_sight(self) -> int:
        """The column the person is in; while it is hidden the first that is not, for a hidden cell is never scrolled to."""
        at = max(self.currentIndex().column(), 0)
        shown = [one for one in range(len(self._model.columns)) if not self.isColumnHidden(one)]
        return at if at in shown or not shown else shown[0]

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
        self.setAccessibleDescription(ui_text(self._empty))
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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._empty or self._rows_given is None or self._model.total:
            return
        painter = QPainter(self.viewport())
        painter.setFont(text_font())
        painter.setPen(QColor(theme().muted))
        room = self.viewport().rect().adjusted(EMPTY_PAD, EMPTY_PAD, -EMPTY_PAD, -EMPTY_PAD)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, ui_text(self._empty))
        painter.end()

    # --- staying in place

    def _remember_current(self) -> None:
        self._keep = getattr(self.current_row(), "id", None)

    def _on_loaded(self, total: int) -> None:
        keep, self._keep = self._keep, None
        if keep is not None and getattr(self.current_row(), "id", None) != keep:
            self.select_where(lambda row: getattr(row, "id", None) == keep)
        self.loaded.emit(total)

    def _on_current_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self._model.row(current.row()) if current.isValid() else None)

    def select_first(self) -> None:
        """Go to the first row, if there is one and none is current."""
        if not self.currentIndex().isValid() and self._model.total:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._model.index(0, 0), flags)
